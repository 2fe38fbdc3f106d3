"""The page that sets several coalitions side by side, none ranked."""
