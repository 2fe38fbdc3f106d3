"""What every answer tells a browser: nothing from another host, no frame, no guess, no trace."""

import re

from toolkit.errors import ToolkitError
from toolkit.text import both

__all__ = ["PAGE", "WIDGETS", "policy", "security_headers"]

#: Where the scripts of our own pages come from: this server, and components that a kernel sent.
PAGE = "'self' blob:"
#: What Voilà's bundle for every widget needs besides.
WIDGETS = f"{PAGE} 'unsafe-inline' 'unsafe-eval'"


def policy(scripts: str = PAGE, frames: str = "") -> str:
    """Return a Content-Security-Policy without any other host.

    Parameters
    ----------
    scripts
        What scripts may be: `PAGE` or `WIDGETS`.
    frames
        The site that may show a page in a frame of its own; empty for none.
    """
    rules = {
        "default-src": "'none'",
        "script-src": scripts,
        "style-src": "'self' 'unsafe-inline'",  # charts and components set their own
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "blob:",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": frames or "'none'",
    }
    return "; ".join(f"{name} {what}" for name, what in rules.items())


def security_headers(frames: str = "") -> dict[str, str]:
    """Return the headers of every answer; framing is off unless a site is named.

    Raises
    ------
    ToolkitError
        What is named is no site.
    """
    if frames and not re.fullmatch(r"https?://[\w.*-]+(:\d+)?", frames):
        raise ToolkitError(both("cli.frames", site=frames))
    headers = {
        "Content-Security-Policy": policy(frames=frames),
        "X-Content-Type-Options": "nosniff",
        # Not `no-referrer`: then a browser would not say either where a form or beacon comes from.
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return headers if frames else {**headers, "X-Frame-Options": "DENY"}
