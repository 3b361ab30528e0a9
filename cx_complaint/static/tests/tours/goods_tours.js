import { registry } from "@web/core/registry";
import { ClickBudget } from "./click_budget";

// forty lines in three lots, from the list of what nobody decided about to their rework orders
registry.category("web_tour.tours").add("cx_rework_forty_lines", {
    steps: () => {
        const budget = new ClickBudget(2);
        return [
            budget.click(".o_list_view:has(.o_data_row:nth-child(40)) thead .o_list_record_selector input", "Select all"),
            budget.click(".o_control_panel button[name=action_rework]", "Rework"),
            budget.check(".o_breadcrumb:contains(Manufacturing Order), .o_last_breadcrumb_item:contains(Manufacturing Order)"),
        ];
    },
});
