"""Numbers as a sentence wants them."""


def figure(value):
    """A quantity without the zeros that say nothing: 7.0 → ``7``, 0.250 → ``0.25``."""
    return f"{value:.6f}".rstrip("0").rstrip(".") or "0"
