"""Voilà configured in one place: which notebooks it opens, for whom, and nothing else."""
