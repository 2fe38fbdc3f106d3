"""A notebook as a page: its frame at once, and its parts as its kernel makes them."""
