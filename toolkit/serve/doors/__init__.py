"""Who may come in, and where to: links, cookies, roles, and one polite page for all others."""
