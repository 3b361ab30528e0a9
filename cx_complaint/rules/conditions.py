"""Whether a rule of a rulebook holds for a case. Plain values; what a condition leaves open holds for every case."""

from typing import NamedTuple

SEVERITY_ORDER = ("minor", "normal", "major", "critical")


class Condition(NamedTuple):
    """What a rule asks of a case; empty is no question.

    :param categories, channels, kinds: keys, one of which the case must have
    :param phases: keys of phases, in one of which an object of the case must be
    :param technical: ``yes`` or ``no``
    :param min_severity, max_severity: both included
    :param is_callback: it is a call-back, which a customer may decline
    """

    categories: frozenset = frozenset()
    channels: frozenset = frozenset()
    kinds: frozenset = frozenset()
    phases: frozenset = frozenset()
    nature: str | None = None
    technical: str | None = None
    party: str | None = None
    batch_class: str | None = None
    min_severity: str | None = None
    max_severity: str | None = None
    is_urgent_only: bool = False
    customer_type: str | None = None
    is_callback: bool = False


class CaseFacts(NamedTuple):
    """What a case answers. What is not known of it yet is empty, and no rule holds that asks for it.

    :param categories: the category of the case and those above it
    :param phases: those that its objects were in when the complaint came
    """

    categories: frozenset = frozenset()
    channel: object = None
    kind: object = None
    phases: frozenset = frozenset()
    nature: str | None = None
    is_technical: bool = False
    party: str | None = None
    batch_class: str | None = None
    severity: str = "normal"
    is_urgent: bool = False
    customer_type: str | None = None
    declines_callback: bool = False


ANY = Condition()


def holds(condition, case):
    """Whether all that a condition asks is so in the case."""
    return (
        (not condition.categories or not condition.categories.isdisjoint(case.categories))
        and (not condition.channels or case.channel in condition.channels)
        and (not condition.kinds or case.kind in condition.kinds)
        and (not condition.phases or not condition.phases.isdisjoint(case.phases))
        and all(
            not wanted or wanted == known for wanted, known in (
                (condition.nature, case.nature),
                (condition.party, case.party),
                (condition.batch_class, case.batch_class),
                (condition.customer_type, case.customer_type),
                (condition.technical, "yes" if case.is_technical else "no"),
            ))
        and (not condition.is_urgent_only or case.is_urgent)
        and not (condition.is_callback and case.declines_callback)
        and _is_within(case.severity, condition.min_severity, condition.max_severity))


def _is_within(severity, lowest, highest):
    if not lowest and not highest:
        return True
    place = SEVERITY_ORDER.index
    return (not lowest or place(severity) >= place(lowest)) and (not highest or place(severity) <= place(highest))
