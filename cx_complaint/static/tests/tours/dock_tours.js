import { registry } from "@web/core/registry";
import { ClickBudget } from "./click_budget";

const budget = new ClickBudget(3);

// starts on the form of a receipt, at the width of a phone
registry.category("web_tour.tours").add("cx_receive_on_a_phone", {
    steps: () => [
        {
            content: "The receipt fits on the screen",
            trigger: ".o_form_view",
            run: () => {
                if (document.documentElement.scrollWidth > window.innerWidth) {
                    throw new Error("The receipt is wider than the phone");
                }
            },
        },
        {
            content: "Validate stands in the menu of the form or on it",
            trigger: ".o_form_view .o_statusbar_buttons, .o_form_view .o-dropdown",
        },
        budget.click("button[name=button_validate]:visible", "Validate"),
        budget.check(".o_form_view .o_statusbar_status:contains(Done)"),
    ],
});
