"""Measuring: what the record and its pages cost, beside what the same work costs without them."""
