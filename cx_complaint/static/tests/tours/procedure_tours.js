import { registry } from "@web/core/registry";
import { ClickBudget } from "./click_budget";

// what a company without production, lots, bonded trade, objects, group and penalties never reads
const UNKNOWN_WORDS = /rework|work center|lot\/serial|\blots?\b|serial number|customs|bonded|\bobjects?\b|\bphase\b|penalt|headquarters/i;
const HERE = ".o_action_manager, .o_dialog, .o_main_navbar";

/** Steps that also look, before they click, whether the page speaks of what the company does not have. */
function withoutUnknownWords(steps) {
    const look = (content) => {
        for (const part of document.querySelectorAll(HERE)) {
            const word = part.innerText.match(UNKNOWN_WORDS);
            if (word) {
                throw new Error(`“${content}”: the page speaks of “${word[0]}”`);
            }
        }
    };
    return steps.map((step) => ({
        ...step,
        run: (helpers) => {
            look(step.content);
            return step.run?.(helpers);
        },
    }));
}

// starts on the form of a delivered and invoiced sales order; the goods come back, the customer is credited
registry.category("web_tour.tours").add("cx_one_person_credit", {
    steps: () => {
        const budget = new ClickBudget(12);
        return withoutUnknownWords([
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
        ]);
    },
});
