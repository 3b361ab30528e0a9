"""Where a case stands: the earliest gate that is not passed yet."""


def stage_of(passed, gates, last):
    """Name of the first stage that none of its gates has let the case leave.

    :param passed: mapping of gate names to anything truthy once the gate is passed
    :param gates: ``(stage, names)`` pairs in the order of life; one passed name of ``names`` is enough to leave
    :param last: the stage behind all gates
    """
    return next((stage for stage, names in gates if not any(passed[name] for name in names)), last)


def gates_from(stage, gates):
    """Names of all gates of ``stage`` and of those behind it, without repetition, in the order of life.

    :raises ValueError: there is no such stage
    """
    stages = [name for name, _names in gates]
    return list(dict.fromkeys(name for _stage, names in gates[stages.index(stage):] for name in names))


def gates_before(stage, gates):
    """Of each stage before ``stage`` the first gate: what has to be passed for a case to stand at ``stage``."""
    stages = [name for name, _names in gates]
    return [names[0] for _stage, names in gates[:stages.index(stage)]]
