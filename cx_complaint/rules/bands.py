"""Bands of a figure: what holds up to 1000 km, and what beyond. Plain values, nothing is read."""

from typing import NamedTuple


class Band(NamedTuple):
    """What holds for figures up to a ceiling.

    :param ceiling: None: of the last band, which has none
    :param value: what holds there, such as a limit
    :param floor: where the band begins if that is said; None: where the one below ends
    """

    ceiling: float | None
    value: object
    floor: float | None = None


class BandProblem(NamedTuple):
    """A mistake in a list of bands.

    :param code: ``none`` (there are no bands), ``empty`` (the floor is not below the ceiling), ``overlap``, ``gap`` or
        ``no_last`` (large figures have no band)
    :param band: which one, None for ``none``
    :param other: the band below that it overlaps or does not meet; None: it does not begin at zero
    """

    code: str
    band: Band | None = None
    other: Band | None = None


def pick_band(figure, bands, inclusive=True):
    """What holds for a figure, or None when it is not known or no band covers it.

    :param bands: :class:`Band` or (ceiling, value) each, in any order
    :param inclusive: whether a ceiling belongs to its own band, as in *within 1000 km*, or to the one above
    :source: S1-4.3b, S1-4.3c
    """
    if figure is None:
        return None
    for band in _in_order(bands):
        if band.ceiling is None or figure < band.ceiling or (inclusive and figure == band.ceiling):
            is_above = band.floor is None or figure > band.floor or figure == band.floor == 0 or (
                not inclusive and figure == band.floor)
            return band.value if is_above else None
    return None


def check_bands(bands):
    """What is wrong with bands that must cover every figure from zero upwards once.

    :return: list of :class:`BandProblem`, empty when they do
    """
    ordered = _in_order(bands)
    if not ordered:
        return [BandProblem("none")]
    problems, below, reached = [], None, 0
    for band in ordered:
        floor = reached if band.floor is None else band.floor
        if reached is None or (floor is not None and floor < reached) or (
                below and band.ceiling is not None and band.ceiling <= reached):
            problems.append(BandProblem("overlap", band, below))
        elif floor > reached:
            problems.append(BandProblem("gap", band, below))
        elif band.ceiling is not None and band.ceiling <= floor:
            problems.append(BandProblem("empty", band, below))
        below, reached = band, band.ceiling
    if reached is not None:
        problems.append(BandProblem("no_last", below))
    return problems


def _in_order(bands):
    return sorted(
        (Band(*band) for band in bands), key=lambda band: (band.ceiling is None, band.ceiling or 0, band.floor or 0))
