"""What one person, or the group, sees at one address: the only place where layers meet.

Pages load when they are named (`toolkit.RatingPage`), so that one page does not carry what another
one needs.
"""
