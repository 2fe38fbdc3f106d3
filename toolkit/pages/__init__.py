"""What one person, or the group, sees at one address: the only place where layers meet.

What every page stands on is here; each page has a room, and is its `page` module. Pages load when
they are named (`toolkit.RatingPage`), so that one page does not carry what another one needs: a
room's own `__init__` therefore imports nothing, and another page can borrow one part of it.
"""
