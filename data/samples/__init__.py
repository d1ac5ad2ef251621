"""Records that nobody made in earnest: a city that does not exist, told as the steps its record is made of."""
