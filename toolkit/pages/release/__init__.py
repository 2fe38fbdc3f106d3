"""The page where an evaluator chooses what is shown to whom, and takes it back."""
