"""What `serving.py` measures with: a hall with two servers, a browser, and many raters."""
