"""The closed lists that a rulebook is written with. A value that the program acts on stands here, never a company's own."""

NATURES = [("quality", "Quality"), ("non_quality", "Not quality"), ("transport", "Transport")]
SEVERITIES = [("minor", "Minor"), ("normal", "Normal"), ("major", "Major"), ("critical", "Critical")]
PARTIES = [
    ("company", "Our company"),
    ("customer", "Customer"),
    ("carrier", "Carrier"),
    ("supplier", "Supplier"),
    ("misreturn", "Returned by mistake"),
    ("unknown", "Not established"),
]
BATCH_CLASSES = [("small", "Small batch"), ("large", "Large batch")]
CUSTOMER_TYPES = [
    ("dealer", "Dealer"), ("agent", "Agent"), ("direct", "Direct user"), ("retail", "Retail"), ("end_user", "End user"),
]

# what may happen to a case: milestones start and stop with it. The room that knows when it happened answers in
# cx.complaint._event_times().
EVENTS = [
    ("received", "Complaint received"),
    ("registered", "Complaint registered"),
    ("confirmed", "Complaint confirmed with the customer"),
    ("investigated", "Investigation started"),
    ("responsible_named", "Responsible department named"),
    ("concluded", "Finding concluded"),
    ("decided", "Solution decided"),
    ("opinion_told", "First opinion told to the customer"),
    ("answered", "Customer answered"),
    ("settled", "Settled with the customer"),
    ("closed", "Case closed"),
    ("reopened", "Case reopened"),
    ("transferred", "Case transferred"),
    ("reason_confirmed", "Reason of the return confirmed on site"),
    ("specialist_called", "Specialist asked to go along"),
    ("appraisal_issued", "Responsibility appraisal issued"),
    ("return_requested", "Return asked for"),
    ("return_authorised", "Return authorised"),
    ("return_distributed", "Return form passed on"),
    ("return_told", "Customer told to return"),
    ("goods_marked", "Goods sorted, counted and labelled"),
    ("return_shipped", "Goods shipped by the customer"),
    ("goods_arrived", "Returned goods arrived"),
    ("goods_received", "Returned goods in quarantine"),
    ("goods_placed", "Returned goods placed"),
    ("goods_collected", "Returned goods collected"),
    ("goods_inspected", "Returned goods inspected"),
    ("one_defect", "One defect in more of the returned goods than the procedure's share"),
    ("our_standard", "Returned goods meet our standard, not the customer's requirement"),
    ("rework_proposed", "Rework or repair of goods proposed"),
    ("scrap_proposed", "Scrapping of goods proposed"),
    ("rework_failed", "Scrapping proposed after rework"),
    ("goods_decided", "Disposition of goods approved"),
    ("rework_decided", "Rework or repair approved"),
    ("scrap_decided", "Scrapping or dismantling of goods approved"),
    ("reuse_decided", "Goods approved to be used again"),
    ("rework_ordered", "Rework order made"),
    ("goods_reworked", "Goods reworked"),
    ("goods_released", "Reworked goods released"),
    ("goods_stocked", "Returned goods back in stock"),
    ("goods_shipped_back", "Goods shipped back"),
    ("money_proposed", "Settlement proposed"),
    ("money_approved", "Settlement approved"),
    ("money_posted", "Settlement carried out"),
    ("object_repaired", "Object repaired"),
    ("object_left", "Object left the workshop"),
    ("object_accepted", "Object accepted by the customer"),
    ("agreed_date_set", "Date agreed with the customer"),
]

# unit: what a limit is counted in; rules/clock.py does the arithmetic
UNITS = [
    ("minute", "Minutes"),
    ("hour", "Hours"),
    ("working_hour", "Working hours"),
    ("working_day", "Working days"),
    ("calendar_day", "Calendar days"),
    ("month", "Months"),
    ("day_of_next_month", "Day of the next month"),
    ("agreed", "Date agreed with the customer"),
]

# verbs of a case that a milestone or an authority of the rulebook may bind
CASE_VERBS = [
    ("confirm", "Confirm"),
    ("investigate", "Investigate"),
    ("conclude", "Conclude"),
    ("decide", "Decide"),
    ("answer", "Answer"),
    ("close", "Close"),
    ("cancel", "Cancel"),
    ("reopen", "Reopen"),
]

# what beside the steps of a case a rulebook may reserve for roles
AUTHORITY_VERBS = [*CASE_VERBS, ("approve_money", "Approve what the customer gets or pays")]

# gates that a rulebook switches: the check behind each code is a method of the case, see complaint_gates.py
GATES = [
    ("read_back", "Information confirmed by reading it back, before it is confirmed"),
    ("wish_first", "Customer's wish asked before our proposal"),
    ("details", "Details and evidence complete, before it is confirmed"),
    ("responsible_named", "Responsible department named, before the finding leaves quality"),
    ("cause_named", "Cause category chosen, before the finding leaves quality"),
    ("lines_answered", "Every line answered, before it is closed"),
    ("reaction_known", "Customer's reaction known, before it is closed"),
    ("phoned_leader", "Leader phoned about urgent cases out of hours, before it is confirmed"),
    ("tasks_done", "Every task done, before it is closed"),
    ("handling_written", "Result, cause and improvement written down, before it is closed"),
]
