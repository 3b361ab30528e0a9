"""Marks in the context that only code can set: a client sends plain data, and these are compared by identity."""

BY_CODE = object()


def is_by_code(env, key):
    """Whether code, and no client, has marked the context."""
    return env.context.get(key) is BY_CODE
