"""Values in; a figure, a map or elements out. No session, no query."""
