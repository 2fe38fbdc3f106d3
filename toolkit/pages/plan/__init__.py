"""The page where a group says what it understands, what comes first, and who does what."""
