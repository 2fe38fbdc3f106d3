"""A short text with the choices that follow from it: consent, a finish, a refusal, a small form."""

from typing import ClassVar

from toolkit.widgets.component import Component, shared_script, shared_style
from toolkit.widgets.shapes import fields, word

__all__ = ["Notice"]


class Notice(Component):
    """Show a heading, paragraphs, facts and fields; says `press` with the button and the fields.

    State: `title`, `text` (blank lines part paragraphs), `facts` (name, value), `fields` (name,
    label, type, value, options, hint; `textarea` is a type too), `buttons` (name, label, primary),
    `tone`, `language`. A field with `choices` (code, label, more) is a box for each, and comes
    back as a list; with `grid` fields stand side by side. What was typed stays as long as `form`
    does: another name is another form.
    """

    _esm = shared_script("notice")
    _css = shared_style("notice")
    accepts: ClassVar = {"press": {"button": word, "fields": fields}}
