"""Two people take a call about the same case at once: each call has its own number."""

from .two_people import RACE


def test_two_callers_are_not_both_the_second(installed):
    """The second call, registered from an older snapshot, is tried again and becomes the third contact."""
    outcomes, numbers = installed.shell(RACE + """
complaint = env["cx.complaint"].create({"summary": "No light", "phone": "+41 44 668 18 00"})
ring = lambda summary: lambda env: env["cx.contact"].create({
    "complaint_id": complaint.id, "kind": "repeat", "summary": summary})
result = race(ring("Still no light"), ring("And now?")), complaint.contact_ids.sorted("id").mapped("nth")
""")
    assert outcomes == ["again", "passed"], "the older snapshot is not trusted"
    assert numbers == [1, 2, 3]
