"""The page where one person rates, one condition or module at a time."""
