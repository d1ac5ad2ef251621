"""The record for machines: JSON, Atom, iCalendar, GeoJSON, OC4IDS and CSV, from the queries that pages use."""
