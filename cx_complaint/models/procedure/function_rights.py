"""Which rights the work of a function needs. What is not named here reads along."""

READER = "cx_complaint.group_reader"
GROUP_OF_FUNCTION = {
    "service": "cx_complaint.group_service",
    "after_sales": "cx_complaint.group_service",
    "information": "cx_complaint.group_service",
    "sales": "cx_complaint.group_sales",
    "quality": "cx_complaint.group_quality",
    "engineering": "cx_complaint.group_engineering",
    "planning": "cx_complaint.group_planning",
    "warehouse": "cx_complaint.group_warehouse",
    "trade": "cx_complaint.group_trade",
    "finance": "cx_complaint.group_finance",
    "management": "cx_complaint.group_manager",
}
