"""Two people take a call about the same case at once: each call has its own number."""


def test_two_callers_are_not_both_the_second(installed):
    """The second call, registered from an older snapshot, is tried again and becomes the third contact."""
    outcomes, numbers = installed.shell("""
    import psycopg2
    from odoo import api
    complaint = env["cx.complaint"].create({"summary": "No light", "phone": "+41 44 668 18 00"})

    def ring(environment, summary):
        environment["cx.contact"].create({"complaint_id": complaint.id, "kind": "repeat", "summary": summary})

    env.cr.commit()
    late = env.registry.cursor()
    late.execute("SELECT 1")  # takes its snapshot
    ring(env, "Still no light")
    env.cr.commit()
    outcomes = []
    for _attempt in range(2):
        try:
            ring(api.Environment(late, env.uid, {}), "And now?")
            late.commit()
            outcomes.append("registered")
            break
        except psycopg2.errors.SerializationFailure:
            late.rollback()
            outcomes.append("again")
    late.close()
    env.cr.rollback()
    env.invalidate_all()
    result = outcomes, complaint.contact_ids.sorted("id").mapped("nth")
    """)
    assert outcomes == ["again", "registered"], "the older snapshot is not trusted"
    assert numbers == [1, 2, 3]
