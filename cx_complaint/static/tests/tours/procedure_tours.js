import { registry } from "@web/core/registry";
import { ClickBudget } from "./click_budget";

// starts on the form of a delivered and invoiced sales order; the goods come back, the customer is credited
registry.category("web_tour.tours").add("cx_one_person_credit", {
    steps: () => {
        const budget = new ClickBudget(12);
        return [
            budget.click("button[name=action_cx_return]", "Return / Complaint on the order"),
            budget.click(".modal button[name=action_all]", "Everything comes back"),
            { content: "The quantity is filled in", trigger: ".modal .o_data_row [name=quantity]:contains(5)" },
            budget.click(".modal button[name=action_submit]", "Submit"),
            budget.click("button[name=action_authorise]", "Authorise the return"),
            { content: "Authorised", trigger: ".o_statusbar_status:has(.o_arrow_button_current:contains(Authorised))" },
            budget.click("button[name=action_view_pickings]", "To the receipt"),
            budget.click("button[name=button_validate]", "The goods are here"),
            { content: "Received", trigger: ".o_statusbar_status:has(.o_arrow_button_current:contains(Done))" },
            budget.click(".o_breadcrumb .o_back_button, .breadcrumb-item.o_back_button", "Back to the return"),
            budget.click("button[name=action_view_complaints]", "To the case"),
            budget.click(".o_data_row button[name=action_propose_credit]", "Propose the credit"),
            budget.click("button[name=action_approve]", "Approve it, his own proposal"),
            budget.click("button[name=action_execute]", "Draft the credit note"),
            budget.click(".o_statusbar_buttons button[name=action_post]:not(.o_invisible)", "Post it"),
            budget.check(".o_statusbar_status:has(.o_arrow_button_current:contains(Posted))"),
        ];
    },
});
