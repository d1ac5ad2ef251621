"""Everything that changes the record: one function for each command, called by the writer alone."""
