"""Run in Odoo's shell: who may do what, as the access rights and the tables of verbs say it. Leaves it in ``text``."""
# ruff: noqa: F821

FUNCTIONS = {"employee": "base.group_user"} | {
    name: f"cx_complaint.group_{name}"
    for name in (
        "reader", "service", "sales", "quality", "engineering", "planning", "warehouse", "trade", "finance", "manager",
    )
}  # fmt: skip
LETTERS = (("r", "perm_read"), ("w", "perm_write"), ("c", "perm_create"), ("d", "perm_unlink"))


def table(header, rows):
    return "\n".join(
        "| " + " | ".join(row) + " |" for row in ([*header], ["---"] * len(header), *rows)
    )


def rights_on(model, group):
    """What a member of the group may do, its implied groups counted in."""
    granted = env["ir.model.access"].search(
        [("model_id.model", "=", model._name), ("group_id", "in", (group | group.all_implied_ids).ids)]
    )
    return "".join(letter for letter, field in LETTERS if any(granted.mapped(field))) or "–"


def named(names):
    return ", ".join(name.removeprefix("cx_complaint.group_").replace("_", " ") for name in names)


groups = {name: env.ref(xml_id) for name, xml_id in FUNCTIONS.items()}
records = sorted(
    (model for name, model in env.items() if name.startswith("cx.") and not model._abstract and not model._transient),
    key=lambda model: model._name,
)
parts = [
    table(
        ["record", *groups],
        [
            [f"{model._description} (`{model._name}`)", *(rights_on(model, group) for group in groups.values())]
            for model in records
        ],
    ),
    "Nobody writes signatures and issued papers: verbs make them.",
    "## Verbs",
]
for model in records:
    if verbs := getattr(model, "_TRANSITIONS", None):
        states = model._fields["state"].get_values(env)
        parts += [
            f"### {model._description} (`{model._name}`)",
            table(
                ["verb", "from", "functions"],
                [
                    [
                        verb.replace("_", " "),
                        ", ".join(state for state in states if state in transition.sources),
                        named(transition.groups) or "everybody who may write it",
                    ]
                    for verb, transition in verbs.items()
                ],
            ),
        ]
Complaint = env["cx.complaint"]
parts += [
    "Also for who handles the case or has one of its tasks, whatever his functions: "
    + ", ".join(Complaint._ALSO_BY) + ".",
    "## Cases",
    "Customer service, sales and complaint managers see every case. Everybody sees those that he registered, handles,"
    " answers for, has a task or a line in, or that one of his departments handles or answers for; and besides:",
    table(
        ["who", "sees the cases with"],
        [
            *([named([group]), f"`{domain}`"] for group, domain in Complaint._domains_by_group().items()),
            *(
                [f"departments of {function}", f"`{domain}`"]
                for function, domain in Complaint._domains_by_function().items()
            ),
        ],
    ),
    "What belongs to a case is seen by who sees the case.",
]
text = "\n\n".join(parts) + "\n"
