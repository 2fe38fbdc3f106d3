"""The page where an evaluator prepares: the coalition, its partners, its rounds, the links."""
