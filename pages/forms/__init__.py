"""Forms: what is filled in, sent once, refused in words, and never lost. Components of the working pages."""
