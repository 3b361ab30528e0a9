"""Who may handle a case that needs a rank. Plain values; see filling.py for the company's people."""

from .filling import RANKS

_HEADS = ("supervisor", "head")  # the head of a department has these ranks without a post that says so


def people_of_rank(staff, rank):
    """Keys of everybody who has a rank at least.

    :param rank: None: no rank is asked for
    :return: frozenset, or None where anybody will do
    :source: S2.03-1a
    """
    if not rank or rank == RANKS[0]:
        return None
    high = RANKS[RANKS.index(rank):]
    people = {person for post in staff.posts if post.rank in high for person in post.people}
    if rank in _HEADS:
        people |= {person for desk in staff.desks for person in desk.head}
    return frozenset(people)


def first_of_rank(people, allowed):
    """Those of ``people`` who have the rank, in order; all of them where none has, so that nobody loses a case."""
    if allowed is None:
        return tuple(people)
    return tuple(person for person in people if person in allowed) or tuple(people)
