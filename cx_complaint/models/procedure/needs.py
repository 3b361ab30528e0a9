"""What a company may do without, and what is there only for those who have it. One table; menus, views and actions read it."""

from typing import NamedTuple

_CONDITIONED = ("cx.milestone", "cx.route", "cx.gate", "cx.authority")


class Need(NamedTuple):
    """What is out of sight where a company does not have something."""

    # menus, and actions of the action menu: without the name of the addon
    menus: frozenset = frozenset()
    actions: frozenset = frozenset()
    # model: {name of a part of its views: what on the record keeps it in sight nevertheless, an expression; None: nothing}
    parts: dict = {}
    # model: {field: values that are offered only with it}
    choices: dict = {}


# setting of a company: need
NEEDS = {
    "cx_has_production": Need(
        menus=frozenset({
            "menu_rework_scheme", "menu_rework_proof", "menu_disposition_planning", "menu_disposition_rework",
            "menu_disposition_release", "menu_cost_issue", "menu_extra_issue_report"}),
        actions=frozenset({"disposition_server_action_create_rework_orders"}),
        parts={
            "cx.rma.line": {"action_rework": None, "in_work_qty": "in_work_qty"},
            "cx.disposition": {
                "work": "work not in (False, 'none')", "scheme_id": "scheme_id", "is_representative": "is_representative",
                "worked_qty": "worked_qty", "in_rework": None, "to_release": None, "rework": None, "sort": None,
                "used_up": None, "unplanned": None, "group_work": None, "planned_date": "planned_date"},
            "cx.inspection": {"stage_after_rework": None},
            "cx.inspection.line": {"scheme_id": "scheme_id", "is_repairable": "is_repairable"},
            "cx.verdict": {"is_repairable": "is_repairable"},
            "cx.sample": {"scheme_ids": "scheme_ids"},
            "cx.return.plan": {
                "rework_qty": "rework_qty", "actual_rework_qty": "actual_rework_qty", "workcenter_id": "workcenter_id",
                "group_workcenter": None},
            "cx.plan.rate": {"rework": None},
            "cx.plan.rate.row": {"rework_qty": "rework_qty"},
            "res.partner": {"cx_refuses_reworked": "cx_refuses_reworked"},
            "stock.warehouse": {"cx_reworked_loc_id": None, "cx_rework_type_id": None},
            "stock.quant": {"cx_is_reworked": None, "cx_reworked": None, "reworked": None},
            "stock.lot": {"cx_is_reworked": "cx_is_reworked", "cx_reworked": None},
            "mrp.production": {"cx_rework": None},
            "cx.procedure": {"needs_production": "needs_production"},
        },
        choices={
            "cx.verdict": {"work": frozenset({"sort", "rework", "repair", "conversion", "dismantle"}),
                           "destination": frozenset({"reworked"})},
            "cx.inspection": {"stage": frozenset({"after_rework"})},
            "cx.milestone": {name: frozenset({"rework_ordered", "goods_reworked", "goods_released"})
                             for name in ("start_event", "stop_event")},
        }),
    # what speaks of a lot of goods that are tracked is in sight by the goods, whatever the company says
    "cx_has_lots": Need(
        parts={
            "cx.complaint": {"find": None, "lot_text": None},
            "cx.complaint.line": {"lot_ids": "tracking not in (False, 'none') or lot_ids"},
            "cx.rma.line": {"lot_ids": "tracking not in (False, 'none')"},
            "cx.inspection.line": {"lot_ids": "tracking not in (False, 'none')"},
            "cx.disposition": {"lot_ids": "tracking not in (False, 'none')"},
            "cx.sample": {"lot_ids": "tracking not in (False, 'none')"},
            "cx.left.goods": {"lot_ids": "tracking not in (False, 'none')"},
            "cx.rework.proof": {"lot_ids": "lot_ids"},
            "cx.apart.release": {"lot_id": "tracking not in (False, 'none')"},
            "cx.internal.sale.item": {"lot_id": "tracking not in (False, 'none')", "serial": "serial"},
            "cx.procedure": {"needs_lots": "needs_lots"},
        }),
    "cx_has_bonded_trade": Need(
        menus=frozenset({"menu_customs_contract"}),
        actions=frozenset({"rma_action_apply_contract"}),
        parts={
            "cx.rma": {"is_contract_needed": "is_contract_needed"},
            "res.partner": {"cx_needs_customs_contract": "cx_needs_customs_contract"},
            "stock.warehouse": {"cx_bonded_loc_id": None},
            "cx.procedure": {"needs_bonded": "needs_bonded"},
        }),
    "cx_uses_objects": Need(
        menus=frozenset({"menu_object", "menu_object_kind"}),
        parts={
            **{model: {"phase_ids": "phase_ids"} for model in _CONDITIONED},
            "cx.complaint": {"object_text": None, "repeats": None},
            "cx.complaint.line": {
                "object": "object_id", "object_id": "object_id", "object_phase_id": "object_phase_id", "by_object": None,
                "by_phase": None, "accepted_on": "accepted_on", "site_phase": "accepted_on"},
            "cx.complaint.intake": {"object": None},
            "cx.warranty.rule": {"object_kind_id": "object_kind_id"},
            "cx.procedure": {"needs_shops": "needs_shops"},
        },
        choices={
            "cx.warranty.rule": {"start": frozenset({"acceptance"})},
            "cx.severity.rule": {"kind": frozenset({"visits", "object_complaints"})},
            "cx.milestone": {name: frozenset({"object_repaired", "object_left", "object_accepted"})
                             for name in ("start_event", "stop_event")},
        }),
    "cx_has_group": Need(
        parts={
            "cx.complaint": {"action_transfer": None},
            "cx.procedure": {"needs_group": "needs_group"},
        },
        choices={
            "cx.complaint": {"outcome": frozenset({"transferred"})},
            "cx.milestone": {name: frozenset({"transferred"}) for name in ("start_event", "stop_event")},
            "cx.role": {"rank": frozenset({"headquarters"})},
            "cx.procedure.role": {"rank": frozenset({"headquarters"})},
        }),
    "cx_has_penalties": Need(parts={"cx.procedure": {"needs_penalties": "needs_penalties"}}),
}

_MODELS = frozenset(model for need in NEEDS.values() for model in (*need.parts, *need.choices))


def concerns(model):
    """Whether views of a model depend on what the company has: their own, or lists that stand in them."""
    return model.startswith("cx.") or model in _MODELS
