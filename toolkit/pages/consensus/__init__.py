"""The page of a consensus session: a facilitator leads, the room answers, all see the same."""
