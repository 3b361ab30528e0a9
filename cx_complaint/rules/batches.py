"""Small and large batches. Plain values."""


def batch_class(quantity, limit, is_limit_large=False, is_limit_undecided=False):
    """Class of a return.

    A quantity of exactly a limit of which the document does not say where it belongs counts as large: more people look
    at it, and nothing is lost when it turns out to be small.

    :return: ``small``, ``large``, or None where there is no such rule or nothing is known
    :source: S2.02-3, S2.02-4
    """
    if limit <= 0 or quantity <= 0:
        return None
    if quantity == limit:
        return "large" if is_limit_large or is_limit_undecided else "small"
    return "large" if quantity > limit else "small"
