import { registry } from "@web/core/registry";
import { ClickBudget } from "./click_budget";

const returnBudget = new ClickBudget(4);
const intakeBudget = new ClickBudget(2);

// starts on the form of a delivered sales order
registry.category("web_tour.tours").add("cx_return_from_order", {
    steps: () => [
        returnBudget.click("button[name=action_cx_return]", "Return / Complaint on the order"),
        returnBudget.click(".modal button[name=action_all]", "Everything comes back"),
        {
            content: "The quantity is filled in",
            trigger: ".modal .o_data_row [name=quantity]:contains(5)",
        },
        returnBudget.click(".modal button[name=action_submit]", "Submit"),
        returnBudget.check(".o_form_view .o_statusbar_status:has(.o_arrow_button_current:contains(Submitted))"),
    ],
});

// starts on the intake dialog's action
registry.category("web_tour.tours").add("cx_register_by_phone", {
    steps: () => [
        intakeBudget.type("[name=caller_name] input", "Mrs Tour", "Who is calling"),
        intakeBudget.type("[name=phone] input", "+1 555 0177", "To call back"),
        intakeBudget.type("[name=summary] input", "The pump leaks since Monday", "What she says"),
        intakeBudget.click("button[name=action_register]", "Register"),
        intakeBudget.check("body:not(:has(.modal button[name=action_register]))"),
    ],
});
