"""What the findings of an inspection add up to. Plain values in, plain values out; quantities in the product's unit."""

import math
from collections import defaultdict
from typing import NamedTuple

_Z95 = 1.959964  # two-sided 95 % of the normal distribution


class Finding(NamedTuple):
    """So many units with one verdict.

    :param quantity: units, above zero
    :param is_good: whether the verdict keeps them out of the defect rate
    :param defect: key of the defect, or a false value where none is named
    """

    quantity: float
    is_good: bool
    defect: object = None


def found_quantity(findings):
    """Units that have a verdict."""
    return sum(finding.quantity for finding in findings)


def bad_quantity(findings):
    """Units whose verdict counts into the defect rate."""
    return sum(finding.quantity for finding in findings if not finding.is_good)


def defect_rate(findings, inspected):
    """Bad units of the inspected ones in per cent, 0 when nothing was inspected.

    :param inspected: all units looked at; in a sample also those without a finding
    """
    return 100.0 * bad_quantity(findings) / inspected if inspected else 0.0


def majority_defect(findings, inspected, share=50.0):
    """The defect that more than a share of the inspected units have, or None.

    :param share: in per cent; exactly half is no majority
    :source: S2.08-3
    """
    quantities = defaultdict(float)
    for finding in findings:
        if finding.defect and not finding.is_good:
            quantities[finding.defect] += finding.quantity
    return next((defect for defect, quantity in quantities.items() if quantity > inspected * share / 100.0), None)


class Look(NamedTuple):
    """A finished inspection of one line of what came back.

    :param moment: when it was finished
    :param line: key of the line
    :param is_sample: its findings stand for the whole line
    :param inspected: all units looked at
    """

    moment: object
    line: object
    stage: str
    is_sample: bool
    inspected: float
    findings: tuple


class OneDefect(NamedTuple):
    """The defect that most of what came back has.

    :param since: when it was found that they are that many
    """

    defect: object
    quantity: float
    returned: float
    since: object


def one_defect(looks, came, share):
    """The defect that more than a share of what came back has, or None.

    What a sample found is extrapolated to its line, until every unit of the line is looked at. Of several stages that
    looked at the same goods the one that found most of the defect counts.

    :param looks: :class:`Look` each, in any order
    :param came: ``{line: quantity that came back}``
    :param share: in per cent; exactly the share is not more than it
    :source: S2.08-3
    """
    returned = sum(came.values())
    samples, full = {}, defaultdict(dict)
    found, since = None, None
    for look in sorted(looks, key=lambda look: look.moment):
        scale = came.get(look.line, 0.0) / look.inspected if look.is_sample and look.inspected else 1.0
        if look.is_sample:
            into = samples[look.line] = defaultdict(float)
        else:
            into = full[look.line].setdefault(look.stage, defaultdict(float))
        for finding in look.findings:
            if finding.defect and not finding.is_good:
                into[finding.defect] += finding.quantity * scale
        defect, quantity = _commonest(samples, full)
        is_over = bool(returned) and quantity > returned * share / 100.0
        since = (since or look.moment) if is_over else None
        found = OneDefect(defect, quantity, returned, since) if is_over else None
    return found


def _commonest(samples, full):
    """The defect that most units have, and how many."""
    units = defaultdict(float)
    for line in samples.keys() | full.keys():
        stages = list(full[line].values()) if line in full else [samples[line]]
        for defect in {defect for stage in stages for defect in stage}:
            units[defect] += max(stage.get(defect, 0.0) for stage in stages)
    return max(units.items(), key=lambda item: item[1], default=(None, 0.0))


def sorted_quantity(by_stage):
    """Units of a line that have a verdict when several stages looked at the same goods.

    A first inspection of ten and an analysis of these ten are ten units, not twenty: the stage that saw most counts.
    :param by_stage: quantities with a verdict, one per stage
    """
    return max(by_stage, default=0.0)


def rate_range(bad, inspected, at_hand):
    """Between which rates, in per cent, the rate of everything at hand lies with a confidence of 95 %.

    Wilson's interval, narrowed as the sample approaches the whole; of everything inspected the rate is known exactly.

    :param at_hand: all units, those not inspected among them
    """
    if inspected <= 0:
        return 0.0, 100.0
    share = min(bad / inspected, 1.0)
    if at_hand <= inspected or at_hand <= 1:
        return 100.0 * share, 100.0 * share
    size = inspected * (at_hand - 1.0) / (at_hand - inspected)  # the sample this size is worth of a whole without end
    spread = _Z95 * math.sqrt(share * (1.0 - share) / size + _Z95**2 / (4.0 * size**2))
    middle, scale = share + _Z95**2 / (2.0 * size), 1.0 + _Z95**2 / size
    low, high = (middle - spread) / scale, (middle + spread) / scale
    return 100.0 * max(low, bad / at_hand), 100.0 * min(high, 1.0 - (inspected - bad) / at_hand)
