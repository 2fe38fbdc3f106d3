"""Benchmarks are run by hand: pytest, which looks for examples in every module, looks at none."""

collect_ignore_glob = ["*"]
