"""How serious a case is at least, by the rules of its procedure. Plain values.

:source: S0-5.2.3e, S2.04-5, S2.16-15 to S2.16-19
"""

from typing import NamedTuple

ORDER = ("minor", "normal", "major", "critical")
USUAL = "normal"
COUNTED = frozenset({"visits", "object_complaints", "customer_complaints"})


class Rule(NamedTuple):
    """What makes a case at least so severe.

    :param limit: for amounts and counts
    :param is_included: the limit itself counts as well
    :param days: over how many days is counted; 0: ever
    """

    key: int
    kind: str
    severity: str
    trigger: int | None = None
    limit: float = 0.0
    is_included: bool = False
    days: int = 0
    is_undecided: bool = False


class Facts(NamedTuple):
    """What is so in a case.

    :param amount: claimed, in the currency of the company
    :param quantity: complained of, or to be returned at once
    :param counts: ``{(kind, days): number}``
    """

    triggers: frozenset = frozenset()
    amount: float = 0.0
    quantity: float = 0.0
    is_large_batch: bool = False
    is_outside: bool = False
    counts: dict = {}


def hits(rules, facts):
    """The rules that hold, in their order."""
    return [rule for rule in rules if not rule.is_undecided and _holds(rule, facts)]


def _holds(rule, facts):
    if rule.kind == "trigger":
        return rule.trigger in facts.triggers
    if rule.kind == "outside_channel":
        return facts.is_outside
    if rule.kind == "batch":
        return _exceeds(facts.quantity, rule) if rule.limit else facts.is_large_batch
    if rule.kind == "amount":
        return _exceeds(facts.amount, rule)
    return _exceeds(facts.counts.get((rule.kind, rule.days), 0), rule)


def _exceeds(figure, rule):
    return figure > rule.limit or (rule.is_included and figure == rule.limit)


def highest(rules):
    """The highest severity of rules, or None without any."""
    return max((rule.severity for rule in rules), key=ORDER.index, default=None)


def is_below(severity, floor):
    """Whether a severity is lower than what the rules ask."""
    return bool(floor) and ORDER.index(severity) < ORDER.index(floor)


def settle(current, old_floor, new_floor, is_excused=False):
    """Severity of a case after what the rules ask has changed.

    People may raise it, and it stays raised; what the rules raised goes down with them. A lower one that was excused
    stays as long as the rules ask for no more than when it was excused.

    :param current: severity of the case before
    :param old_floor, new_floor: what the rules asked before and ask now; None: nothing
    :param is_excused: somebody said why it is lower than the rules ask
    """
    if is_excused and is_below(current, old_floor) and not is_below(old_floor, new_floor):
        return current
    if is_below(current, new_floor):
        return new_floor
    if old_floor and current == old_floor and old_floor != new_floor:
        return new_floor if new_floor and is_below(USUAL, new_floor) else _lower(USUAL, current)
    return current


def _lower(one, other):
    return min(one, other, key=ORDER.index)
