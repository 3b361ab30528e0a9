"""The papers a company may issue, and the blocks that each of them can print, in their usual order.

Data, not code per company: a controlled form gives a paper the company's own title, number, edition, blocks and headings,
so that one paper serves whoever calls it a liaison sheet, a routing slip or a handling form.
"""

BLOCKS_OF_PAPER = {
    "complaint": (
        "header", "customer", "goods", "requirement", "solution", "cause", "returns", "settlements", "photos",
        "signatures"),
    "rma": ("header", "customer", "goods", "requirement", "contract", "attachments", "signatures"),
    "instructions": ("header", "goods", "instructions"),
    "liaison": (
        "header", "customer", "requirement", "goods", "findings", "dispositions", "operations", "shipments", "copies",
        "signatures"),
    "handling": ("header", "arrival", "goods", "findings", "dispositions", "signatures"),
    "inspection": ("header", "goods", "findings", "cause", "photos", "signatures"),
    "scrap": ("header", "goods", "cause", "photos", "signatures"),
    "appraisal": ("header", "goods", "cause", "photos", "signatures"),
    "label": ("header",),
    "traveller": ("header", "goods", "operations", "parts", "report", "signatures"),
    "issue_note": ("header", "goods", "parts", "signatures"),
    "rework_report": ("header", "goods", "operations", "parts", "report", "signatures"),
    "return_note": ("header", "customer", "goods", "signatures"),
    "control_list": (),
}
PAPERS = [
    ("complaint", "Complaint handling report"),
    ("rma", "RMA and return form"),
    ("instructions", "Return instructions"),
    ("liaison", "Return handling liaison sheet"),
    ("handling", "Defective goods handling form"),
    ("inspection", "Return inspection report"),
    ("scrap", "Scrap application"),
    ("appraisal", "Return responsibility appraisal report"),
    ("label", "Return label"),
    ("traveller", "Rework traveller"),
    ("issue_note", "Material issue note"),
    ("rework_report", "Rework report"),
    ("return_note", "Return note"),
    ("control_list", "Returned goods control list"),
]
BLOCKS = [
    ("header", "Numbers and dates"),
    ("customer", "Customer"),
    ("arrival", "Arrival"),
    ("goods", "Goods"),
    ("requirement", "Requirement"),
    ("contract", "Customs contract"),
    ("attachments", "Attachments"),
    ("instructions", "Instructions"),
    ("findings", "Findings"),
    ("cause", "Cause"),
    ("solution", "Solution and answer"),
    ("returns", "Returns"),
    ("settlements", "Settlements"),
    ("dispositions", "Dispositions"),
    ("photos", "Photos"),
    ("operations", "Operations"),
    ("parts", "Parts"),
    ("report", "Report of the work"),
    ("shipments", "Shipments"),
    ("copies", "Distribution"),
    ("signatures", "Signatures"),
]
