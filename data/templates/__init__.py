"""Procedures as data: templates, overlays and calendars, each number with the article it comes from."""
