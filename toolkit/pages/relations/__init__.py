"""The page of ties: a partner says its own, the map shows how all work together."""
