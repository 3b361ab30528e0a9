"""Who does what the rulebook gives to a role: the company's people as plain keys, and the order in which they are asked."""

from typing import NamedTuple

RANKS = ("clerk", "supervisor", "head", "director", "top", "headquarters")
_ORDER = {rank: number for number, rank in enumerate(RANKS)}
_TOP = ("top", "headquarters")
_DESK = ("service", "after_sales", "management")  # functions that take what nobody else does, in this order


class Desk(NamedTuple):
    """A department: who is on duty, who stands in for him, who heads it, who else is in it."""

    key: object
    function: str
    parent: object = None
    duty: tuple = ()
    substitutes: tuple = ()
    head: tuple = ()
    members: tuple = ()

    @property
    def on_duty(self):
        """First come: who is on duty, else who stands in for him, else the head."""
        return self.duty or self.substitutes or self.head

    @property
    def everybody(self):
        """All of the department, whoever is on duty first."""
        return self.duty + self.substitutes + self.members + self.head


class Post(NamedTuple):
    """A role of the company, and who fills it, whoever is on duty first."""

    function: str
    rank: str
    people: tuple


class Staff(NamedTuple):
    """Everybody of a company who has a part in complaints, in the company's own order."""

    desks: tuple = ()
    posts: tuple = ()
    managers: tuple = ()


class Asked(NamedTuple):
    """A role as a rulebook names it.

    :param function, rank: empty where the case itself says who it is
    :param named: keys of people whom the case names for it, in order
    :param is_climbing: it asks for somebody above; where nobody is, the top comes before the complaint desk
    """

    function: str | None
    rank: str | None
    named: tuple = ()
    is_climbing: bool = False


def first_filled(rungs):
    """People of the first rung that has any, each once, in order."""
    return next((tuple(dict.fromkeys(rung)) for rung in rungs if rung), ())


def above(posts, function, rank):
    """Posts to which something moves on: the next ranks of the function, then the top of the company, each in order.

    :param rank: None is below every rank
    """
    higher = [post for post in posts if post.function == function and _ORDER[post.rank] > _ORDER.get(rank, -1)]
    top = [post for post in posts if post.function == "management" and post.rank in _TOP and post not in higher]
    return sorted(higher, key=_by_rank) + sorted(top, key=_by_rank)


def _by_rank(post):
    return _ORDER[post.rank]


def complaint_desk(staff):
    """Who takes what nobody else does: whoever is on duty in customer service, else in management."""
    desks = [desk for function in _DESK for desk in staff.desks if desk.function == function]
    return first_filled([desk.on_duty for desk in desks] + [desk.members for desk in desks])


def heads_above(staff, desk, person=None):
    """Head of a department or, where that is ``person`` or nobody, of the nearest department above that has another."""
    by_key = {other.key: other for other in staff.desks}
    seen = set()
    while desk and desk.key not in seen:
        seen.add(desk.key)
        heads = tuple(head for head in desk.head if head != person)
        if heads:
            return heads
        desk = by_key.get(desk.parent)
    return ()


def superior(staff, person):
    """Head of the department of ``person``; of the one above where he is the head himself."""
    his = [desk for desk in staff.desks if person in desk.everybody]
    return first_filled(heads_above(staff, desk, person) for desk in his)


def of_function(staff, function, rank):
    """Who has a function at a rank: the posts of it, else its departments."""
    posts = [post.people for post in staff.posts if post.function == function and post.rank == rank]
    desks = [desk for desk in staff.desks if desk.function == function]
    if rank == "clerk":
        departments = [desk.everybody for desk in desks]
    elif rank in ("supervisor", "head") or function == "management":
        departments = [desk.head for desk in desks]
    else:  # a head is no director; who heads the department above it is
        parents = {desk.parent for desk in desks}
        departments = [desk.head for desk in staff.desks if desk.key in parents]
    return first_filled([_joined(posts), _joined(departments)])


def desk_of(staff, function=None, people=None):
    """Key of the first department of a function that has one of the people; what is None is not asked. None: there is none."""
    return next((
        desk.key for desk in staff.desks
        if function in (None, desk.function) and (people is None or not set(people).isdisjoint(desk.everybody))), None)


def people_of(staff, chain):
    """The people of each role of a chain, those whom the case names before those of the function."""
    return [people for asked in chain for people in (asked.named, of_function(staff, asked.function, asked.rank))]


def fill(staff, chain):
    """Who fills a role of a rulebook.

    The role's own people, else those of the roles it falls to, else the next ranks of its function, else the complaint
    desk, else the top of the company, else the complaint managers. What is meant for a director climbs to the top
    before it comes down to the desk.

    :param chain: :class:`Asked` rows, the role itself first, then those that it falls to
    :return: keys of people in order, whoever is on duty first; empty only where the company has no complaint manager
    """
    own = chain[0]
    higher = above(staff.posts, own.function, own.rank)
    next_ranks = [post.people for post in higher if post.function == own.function]
    top = [post.people for post in higher] + [of_function(staff, "management", "top")]
    desk = [complaint_desk(staff)]
    if own.is_climbing or (own.function and _ORDER.get(own.rank, 0) > _ORDER["head"]):
        last = top + [of_function(staff, own.function, "head")] + desk
    else:
        last = desk + top
    return first_filled(people_of(staff, chain) + next_ranks + last + [staff.managers])


def _joined(groups):
    return tuple(person for people in groups for person in people)
