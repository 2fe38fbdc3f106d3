"""Which groups stand for themselves in figures by group, and which stand together."""

from collections.abc import Mapping

__all__ = ["pooled_groups"]


def pooled_groups(sizes: Mapping[str, int], k: int) -> tuple[list[str], list[str]]:
    """Return which groups stand for themselves, and which stand together as the others.

    Groups of `k` people or more stand for themselves; the others together, where they number `k`.
    Where there is no other group, these would be everybody: nothing is shown by group.

    Parameters
    ----------
    sizes
        People of each group, by its code; the empty code is of those who named none.
    """
    alone = [code for code, count in sizes.items() if count >= k]
    rest = [code for code, count in sizes.items() if 0 < count < k]
    return alone, rest if alone and sum(sizes[code] for code in rest) >= k else []
