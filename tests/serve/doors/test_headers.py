"""What every answer tells a browser."""

import pytest

from toolkit.errors import ToolkitError
from toolkit.serve.doors.headers import WIDGETS, policy, security_headers


def test_no_policy_names_another_host():
    for written in (policy(), policy(WIDGETS)):
        assert "default-src 'none'" in written
        assert "//" not in written
        assert "*" not in written


def test_our_own_pages_run_no_script_that_is_written_into_them():
    scripts = next(rule for rule in policy().split("; ") if rule.startswith("script-src"))
    assert "unsafe" not in scripts


def test_framing_is_off_unless_a_site_is_named():
    assert security_headers()["X-Frame-Options"] == "DENY"
    named = security_headers("https://www.example.org")
    assert "frame-ancestors https://www.example.org" in named["Content-Security-Policy"]
    assert "X-Frame-Options" not in named


@pytest.mark.parametrize(
    "site", ["*", "example.org", "https://a; script-src *", "https://a\r\nX: y"]
)
def test_what_is_no_site_is_said(site):
    with pytest.raises(ToolkitError):
        security_headers(site)
