"""Whether goods are in warranty, until when, and what of a repair is charged. Plain values, nothing is read.

Two periods start on the same day: the goods themselves are guaranteed (parts and work are free), and advice and work on
them are free for a time of its own. A day counts whole: goods guaranteed for twelve months from 15 January are in
warranty until the end of 15 January of the next year.
"""

from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

DELIVERY, PURCHASE, ACCEPTANCE = "delivery", "purchase", "acceptance"
ONGOING, COMPLETED = "ongoing", "completed"
IN, OUT, UNKNOWN = "in", "out", "unknown"
FREE, LABOUR_FREE, CHARGEABLE = "free", "labour_free", "chargeable"


class Rule(NamedTuple):
    """How long goods are guaranteed.

    :param product: of one product only, or nothing
    :param category: of one product category and those below it only, or nothing
    :param object_kind: of one kind of object only, or nothing
    :param procedure: for cases under one procedure only, or nothing
    :param start: event from which both periods run
    :param product_length: of the goods, in ``product_unit``; 0: not guaranteed
    :param labour_length: of work and advice, in ``labour_unit``; 0: never free
    """

    id: int
    sequence: int
    company: int | bool
    product: int | bool
    category: int | bool
    start: str
    product_length: int
    product_unit: str
    labour_length: int
    labour_unit: str
    object_kind: int | bool = False
    procedure: int | bool = False


class Facts(NamedTuple):
    """What is known of one complaint about goods.

    :param complained_on: day on which the complaint reached us; decides, whenever it is worked on
    :param dates: known day of each start event
    :param phase: of a building site, before or after its acceptance; False elsewhere
    :param fault: whose fault quality says it is: ``"ours"``, ``"customer"``, or nothing
    :param override: what an entitled person decided instead
    """

    complained_on: date
    dates: dict
    phase: str | bool = False
    fault: str | bool = False
    override: str | bool = False


class Judgement(NamedTuple):
    """What follows.

    :param result: in, out or unknown
    :param product_end: last day on which the goods are guaranteed
    :param labour_end: last day on which work and advice are free
    :param charge: what the customer pays of a repair: nothing, the parts, both, or unknown
    :param why: code of the reason
    """

    result: str
    product_end: date | None
    labour_end: date | None
    charge: str
    why: str


def choose(rules, product, categories, company, object_kind=False, procedure=False):
    """The most specific of the rules that hold: for the product, the kind of object, the nearest category, for all.

    Of two equally specific ones that of the case's procedure wins, then the company's own, then the lower sequence, then
    the older.

    :param product: id
    :param categories: ids of the product's category and its parents, the nearest first
    :param object_kind: id, where an object is complained of
    :param procedure: id, where the case is under one
    :return: :class:`Rule` or None
    """
    def specificity(rule):
        if rule.product or rule.object_kind:
            return 0 if rule.product else 1
        return 2 + categories.index(rule.category) if rule.category else 2 + len(categories)

    holding = [
        rule for rule in rules
        if rule.company in (False, company) and rule.product in (False, product)
        and rule.object_kind in (False, object_kind) and rule.procedure in (False, procedure)
        and (not rule.category or rule.category in categories)]
    return min(
        holding, key=lambda rule: (
            specificity(rule), not rule.procedure, not rule.company, rule.sequence, rule.id), default=None)


def end_of(start, length, unit):
    """Last day of a period, or None where there is none."""
    if not start or not length:
        return None
    return start + (relativedelta(months=length) if unit == "months" else timedelta(days=length))


def site_phase(complained_on, accepted_on):
    """Whether a building site was still under way when the complaint came: until the acceptance is signed."""
    return ONGOING if complained_on < accepted_on else COMPLETED


def judge(rule, facts):
    """What holds for one complaint.

    :param rule: :class:`Rule` or None
    :param facts: :class:`Facts`
    :return: :class:`Judgement`
    """
    found = _by_dates(rule, facts)
    if facts.override:
        charge = {IN: FREE, OUT: CHARGEABLE}.get(facts.override, UNKNOWN)
        return found._replace(result=facts.override, charge=charge, why="override")
    if facts.fault == "customer":
        return found._replace(charge=CHARGEABLE, why="user_damage")
    if facts.fault == "ours":
        return found._replace(charge=FREE, why="our_fault")
    return found


def _by_dates(rule, facts):
    if rule is None:
        return Judgement(UNKNOWN, None, None, UNKNOWN, "no_rule")
    if rule.start == ACCEPTANCE and facts.phase == ONGOING:
        return Judgement(IN, None, None, FREE, "ongoing")
    start = facts.dates.get(rule.start)
    if not start:
        return Judgement(UNKNOWN, None, None, UNKNOWN, "no_start")
    product_end = end_of(start, rule.product_length, rule.product_unit)
    labour_end = end_of(start, rule.labour_length, rule.labour_unit)
    if product_end and facts.complained_on <= product_end:
        return Judgement(IN, product_end, labour_end, FREE, "product")
    if labour_end and facts.complained_on <= labour_end:
        return Judgement(IN, product_end, labour_end, LABOUR_FREE, "labour")
    return Judgement(OUT, product_end, labour_end, CHARGEABLE, "over")
