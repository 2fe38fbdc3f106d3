"""The part of the setup page that holds a promise: how long people's answers are kept."""

from toolkit.evaluation.keeping import due, give_up
from toolkit.pages.page import Page
from toolkit.widgets import Notice, Said

__all__ = ["KeepingSection"]


class KeepingSection:
    """Remind of the day that people were told; once it is past, erase after one more question.

    Attributes
    ----------
    part
        Its one component; empty as long as nothing is due.
    """

    def __init__(self, page: Page) -> None:
        self._page, self._asks = page, False
        self.part = Notice.empty()
        page.listen(self.part, self._pressed)

    def refresh(self) -> None:
        """Show what is due now."""
        page, state = self._page, due(self._page.evaluation)
        until = page.evaluation.settings.privacy.keep_until
        names: tuple[str, ...] = ("erase",) if state == "past" else ()
        text = page.say(f"keep.{state}", until=until) if state else ""
        if self._asks and names:
            names = ("yes", "no")
            count = len(page.evaluation.people.everybody())
            text = page.say("keep.asks", until=until, count=count)
        self.part.state = page.notice(
            title=page.say("keep.title") if state else "",
            text=text,
            buttons=[{"name": name, "label": page.say(f"keep.do_{name}")} for name in names],
            tone="stop" if names else "plain",
            focus=self._asks,
        )

    def _pressed(self, said: Said) -> str:
        page, button = self._page, said.data.get("button")
        sure, self._asks = self._asks and button == "yes", button == "erase"
        if not sure or due(page.evaluation) != "past":
            self.refresh()
            return page.say("keep.kept") if button == "no" else ""
        count = len(page.evaluation.people.everybody())
        try:
            erased = give_up(page.evaluation)
        finally:
            page.refresh()
        message = page.say("keep.done", count=count)
        if erased.unreached:
            more = page.say("keep.unreached", files=", ".join(erased.unreached))
            message = f"{message} {more}"
        self.part.state = page.notice(title=page.say("keep.title"), text=message, focus=True)
        return message
