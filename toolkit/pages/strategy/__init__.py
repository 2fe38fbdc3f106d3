"""The page where a group weighs which way of working each of its purposes needs."""
