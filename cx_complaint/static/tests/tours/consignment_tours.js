import { registry } from "@web/core/registry";
import { ClickBudget } from "./click_budget";

// a parcel that nobody announced, from the list to a case with its RMA
registry.category("web_tour.tours").add("cx_case_from_consignment", {
    steps: () => {
        const budget = new ClickBudget(4);
        return [
            budget.click(".o_data_row:contains('TOUR-1') .o_data_cell[name=waybill]", "Open the parcel"),
            budget.click("button[name=action_open_case]", "Open a case with an RMA"),
            budget.check(".o_statusbar_status:has(.o_arrow_button_current:contains(Received))"),
        ];
    },
});

// the clerk with a phone: scan, count, done
registry.category("web_tour.tours").add("cx_scan_waybill", {
    steps: () => {
        const budget = new ClickBudget(3);
        return [
            budget.type(".modal .o_field_widget[name=waybill] input", "tour 2", "Scan the waybill"),
            budget.click(".modal button[name=action_find]", "Open it"),
            budget.type(".o_field_widget[name=pieces_arrived] input", "3", "Count the pieces"),
            budget.click("button[name=action_count]", "Counted"),
            budget.check(".o_field_widget[name=missing_pieces]:contains('1')"),
        ];
    },
});
