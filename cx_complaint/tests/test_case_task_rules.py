import random
from datetime import datetime, timedelta, timezone

from odoo.tests import BaseCase

from ..rules.milestones import Action, Duty, Fact, Turn, fact_of_parts, plan


def at(hour, day=1):
    return datetime(2026, 6, day, tzinfo=timezone.utc) + timedelta(hours=hour)


NOW = at(0, 28)


class TestTaskRules(BaseCase):
    """Which tasks start, stop and begin anew, without a database. Hours are those of the first of June."""

    def _plan(self, duties, facts, turns=(), holding=None, now=NOW, **options):
        keys = {duty.key for duty in duties} if holding is None else holding
        return plan(duties, facts, turns, keys, now, **options)

    def test_nothing_starts_before_its_event(self):
        """No event, no task; and none where the condition does not hold, or in a cancelled case."""
        duty = Duty("answer", "confirmed", stop="answered")
        self.assertEqual(self._plan([duty], {"received": at(8)}), [])
        self.assertEqual(self._plan([duty], {"confirmed": at(9)}, holding=set()), [])
        self.assertEqual(self._plan([duty], {"confirmed": at(9)}, is_cancelled=True), [])
        self.assertEqual(self._plan([Duty("report", after="answer"), duty], {"received": at(8)}), [])

    def test_starts_with_its_event_and_is_done_with_another(self):
        """The first answer and the change of state in one save: the task is there, and was done in time (S-11)."""
        duty = Duty("answer", "confirmed", stop="answered")
        self.assertEqual(self._plan([duty], {"confirmed": at(9)}), [Action("start", "answer", 1, at(9))])
        running = [Turn("answer", 1, "running", at(9))]
        self.assertEqual(self._plan([duty], {"confirmed": at(9)}, running), [])
        facts = {"confirmed": at(9), "answered": at(11)}
        self.assertEqual(self._plan([duty], facts, running), [Action("done", "answer", 1, at(11))])
        self.assertEqual(self._plan([duty], facts), [
            Action("start", "answer", 1, at(9)), Action("done", "answer", 1, at(11))])

    def test_what_ended_before_it_began_is_done_as_it_begins(self):
        """The department was named before the case was confirmed."""
        duty = Duty("name", "confirmed", stop="responsible_named")
        self.assertEqual(self._plan([duty], {"confirmed": at(9), "responsible_named": at(8)}), [
            Action("start", "name", 1, at(9)), Action("done", "name", 1, at(9))])

    def test_a_chain_goes_on_at_once(self):
        """Each begins when the one before it is done, whatever the order in which they are written."""
        chain = [Duty("c", after="b"), Duty("b", after="a", stop="answered"), Duty("a", "received", stop="confirmed")]
        facts = {"received": at(8), "confirmed": at(9), "answered": at(12)}
        self.assertEqual(self._plan(chain, facts), [
            Action("start", "a", 1, at(8)), Action("done", "a", 1, at(9)),
            Action("start", "b", 1, at(9)), Action("done", "b", 1, at(12)),
            Action("start", "c", 1, at(12))])

    def test_three_parcels_are_all_waited_for(self):
        """Inspecting begins with the first parcel, and is done with the last; a later parcel is another turn."""
        duty = Duty("inspect", "goods_received", stop="goods_inspected")
        some = {"goods_received": fact_of_parts([at(8), at(9), None]),
                "goods_inspected": fact_of_parts([at(10), None, None])}
        self.assertEqual(self._plan([duty], some), [Action("start", "inspect", 1, at(8))])
        running = [Turn("inspect", 1, "running", at(8))]
        self.assertEqual(self._plan([duty], some, running), [])
        every = {"goods_received": fact_of_parts([at(8), at(9)]), "goods_inspected": fact_of_parts([at(10), at(11)])}
        self.assertEqual(self._plan([duty], every, running), [Action("done", "inspect", 1, at(11))])
        more = {"goods_received": fact_of_parts([at(8), at(9), at(20)]),
                "goods_inspected": fact_of_parts([at(10), at(11), None])}
        done = [Turn("inspect", 1, "done", at(8), at(11))]
        self.assertEqual(self._plan([duty], more, done), [Action("start", "inspect", 2, at(20))])
        self.assertIsNone(fact_of_parts([None, None]))

    def test_a_condition_that_falls_away_and_comes_back(self):
        """Not quality any more: not needed; quality after all: the same clock goes on, as if it had never stopped."""
        duty, facts = Duty("analyse", "confirmed", stop="concluded"), {"confirmed": at(9)}
        running = Turn("analyse", 1, "running", at(9))
        self.assertEqual(self._plan([duty], facts, [running], holding=set()), [Action("off", "analyse", 1)])
        off = running._replace(state="off")
        self.assertEqual(self._plan([duty], facts, [off], holding=set()), [])
        self.assertEqual(self._plan([duty], facts, [off]), [Action("revive", "analyse", 1)])
        self.assertEqual(self._plan([duty], {**facts, "concluded": at(11)}, [off]), [])
        self.assertEqual(
            self._plan([duty], facts, [running._replace(state="paused")], is_cancelled=True), [Action("off", "analyse", 1)])

    def test_reopening_keeps_what_was_done(self):
        """What the reopening has undone begins again at that moment; what stands is not done twice."""
        duties = [
            Duty("confirm", "received", stop="confirmed"), Duty("answer", "confirmed", stop="answered"),
            Duty("call", "received"), Duty("report", after="answer")]
        done = [Turn("confirm", 1, "done", at(8), at(9)), Turn("answer", 1, "done", at(9), at(12)),
                Turn("call", 1, "done", at(8), at(8.5)), Turn("report", 1, "done", at(12), at(13))]
        facts = {"received": at(8), "confirmed": at(9), "reopened": at(0, 3)}
        self.assertEqual(self._plan(duties, facts, done), [Action("start", "answer", 2, at(0, 3))])
        again = [*done, Turn("answer", 2, "running", at(0, 3))]
        self.assertEqual(self._plan(duties, facts, again), [])
        self.assertEqual(self._plan(duties, {**facts, "answered": at(1, 3)}, again), [
            Action("done", "answer", 2, at(1, 3)), Action("start", "report", 2, at(1, 3))])

    def test_an_event_that_is_undone_and_happens_again(self):
        """Back to the beginning: what waits for the confirmation is not needed until it is confirmed again."""
        duty = Duty("answer", "confirmed", stop="answered")
        facts = {"received": at(8), "reopened": at(10)}
        self.assertEqual(
            self._plan([duty], facts, [Turn("answer", 1, "running", at(9))]), [Action("off", "answer", 1)])
        off = [Turn("answer", 1, "off", at(9))]
        self.assertEqual(self._plan([duty], facts, off), [])
        self.assertEqual(
            self._plan([duty], {**facts, "confirmed": at(11)}, off), [Action("start", "answer", 2, at(11))])

    def test_what_is_repeated(self):
        """Every day at nine: the next one is there when one is done; one that nobody did by then is missed."""
        duty = Duty("daily", "confirmed", repeat_days=1)
        facts = {"confirmed": at(9)}
        done = [Turn("daily", 1, "done", at(9), at(15))]
        self.assertEqual(self._plan([duty], facts, done, now=at(15)), [Action("start", "daily", 2, at(9, 2))])
        running = [*done, Turn("daily", 2, "running", at(9, 2))]
        self.assertEqual(self._plan([duty], facts, running, now=at(8, 3)), [])
        self.assertEqual(self._plan([duty], facts, running, now=at(9, 3)), [
            Action("missed", "daily", 2), Action("start", "daily", 3, at(9, 3))])
        self.assertEqual(self._plan([duty], facts, running, now=at(10, 6)), [
            Action("missed", "daily", 2), Action("start", "daily", 3, at(9, 6))], "nobody looked for three days")
        closed = {**facts, "closed": at(12, 2)}
        self.assertEqual(self._plan([duty], closed, running, now=at(12, 2)), [Action("off", "daily", 2)])
        self.assertEqual(self._plan([duty], closed, done, now=at(12, 2)), [])

    def test_every_day_at_nine_stays_nine(self):
        """The hour that daylight saving takes moves no repetition."""
        duty = Duty("daily", "confirmed", repeat_days=1)
        started = datetime(2026, 3, 28, 8, tzinfo=timezone.utc)  # nine in Berlin
        done = [Turn("daily", 1, "done", started, started)]
        actions = self._plan([duty], {"confirmed": started}, done, now=started, zone="Europe/Berlin")
        self.assertEqual(actions[0].moment, datetime(2026, 3, 29, 7, tzinfo=timezone.utc))

    def test_the_end_of_a_case(self):
        """What waits for an event is not needed any more; what somebody has to do stays; what begins then begins."""
        duties = [Duty("find", "confirmed", stop="concluded"), Duty("file", "answered"),
                  Duty("close", "received", stop="closed"), Duty("visit", "closed")]
        turns = [Turn("find", 1, "running", at(9)), Turn("file", 1, "running", at(12)), Turn("close", 1, "running", at(8))]
        facts = {"received": at(8), "confirmed": at(9), "answered": at(12), "closed": at(13)}
        self.assertEqual(self._plan(duties, facts, turns), [
            Action("off", "find", 1), Action("done", "close", 1, at(13)), Action("start", "visit", 1, at(13))])
        reopened = {"received": at(8), "confirmed": at(9), "reopened": at(0, 2)}
        off = [Turn("find", 1, "off", at(9))]
        self.assertEqual(self._plan(duties[:1], reopened, off), [Action("start", "find", 2, at(0, 2))])

    def test_carried_out_a_plan_is_complete(self):
        """A thousand random cases: the plan carried out, there is nothing more to do, and no turn is there twice."""
        draw = random.Random(4)
        events = ["received", "confirmed", "concluded", "answered", "closed", "reopened", "goods_received"]
        for _case in range(1000):
            duties = [Duty(
                key, draw.choice(events), draw.choice([None, *range(key)]) if key else None,
                draw.choice([None, *events]), draw.choice([0, 0, 0, 2])) for key in range(6)]
            turns, facts = [], {}
            for _step in range(8):
                for event in draw.sample(events, 2):
                    moments = tuple(sorted(at(draw.randrange(600)) for _n in range(draw.choice([1, 1, 3]))))
                    facts[event] = draw.choice([None, moments[0], Fact(moments, draw.random() < 0.5)])
                holding = {duty.key for duty in duties if draw.random() < 0.8}
                options = {"now": at(draw.randrange(600, 700)), "is_cancelled": draw.random() < 0.1}
                turns = carry_out(turns, plan(duties, facts, turns, holding, **options))
                self.assertEqual(len(turns), len({(turn.duty, turn.nth) for turn in turns}))
                self.assertEqual(plan(duties, facts, turns, holding, **options), [])


def carry_out(turns, actions):
    """The turns after the actions."""
    found = {(turn.duty, turn.nth): turn for turn in turns}
    for verb, duty, nth, moment in actions:
        if verb == "start":
            found[duty, nth] = Turn(duty, nth, "running", moment)
        else:
            found[duty, nth] = found[duty, nth]._replace(state="running" if verb == "revive" else verb, done=moment)
    return list(found.values())
