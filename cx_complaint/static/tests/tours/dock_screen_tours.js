import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { ClickBudget } from "./click_budget";

const tours = registry.category("web_tour.tours");
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

/** A scanner types the code and presses Enter. By camera a scan costs a tap, so that it counts as one. */
function scan(budget, code, trigger) {
    return {
        content: `Scan ${code}`,
        trigger,
        run: () => {
            budget.clicks++;
            for (const key of [...code, "Enter"]) {
                document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
            }
        },
    };
}

function photo(budget) {
    return {
        content: "Take a photo",
        trigger: ".cx_dock_photo:has(input[capture=environment])",
        run: () => {
            budget.clicks++;
            const input = document.querySelector(".cx_dock_photo input");
            const bytes = Uint8Array.from(atob(PNG), (char) => char.charCodeAt(0));
            const transfer = new DataTransfer();
            transfer.items.add(new File([bytes], "parcel.png", { type: "image/png" }));
            input.files = transfer.files;
            input.dispatchEvent(new Event("change", { bubbles: true }));
        },
    };
}

/** Everything to touch is large enough for a thumb, has a name, and nothing is wider than the phone. */
function fits(trigger) {
    return {
        content: "The screen is made for a thumb",
        trigger,
        run: () => {
            if (document.documentElement.scrollWidth > window.innerWidth) {
                throw new Error("The screen is wider than the phone");
            }
            for (const body of document.querySelectorAll(".cx_dock_body")) {
                if (body.scrollWidth > body.clientWidth) {
                    throw new Error("The list is wider than the phone");
                }
            }
            for (const element of document.querySelectorAll(".cx_dock button, .cx_dock label.btn, .cx_dock input[type=text]")) {
                const { width, height } = element.getBoundingClientRect();
                if (width && (width < 44 || height < 44)) {
                    throw new Error(`Too small for a thumb, ${width} × ${height}: ${element.outerHTML}`);
                }
                if (width && !element.textContent.trim() && !element.getAttribute("aria-label")) {
                    throw new Error(`Without a name: ${element.outerHTML}`);
                }
            }
        },
    };
}

const total = (quantity) => `.cx_dock_total:contains('${quantity} / 7')`;

tours.add("cx_dock_three_lines", {
    steps: () => {
        const budget = new ClickBudget(12);
        return [
            fits(".cx_dock_parcel:contains('DOCK-1')"),
            scan(budget, "dock 1", ".cx_dock_parcels"),
            fits(total(0)),
            scan(budget, "4006381333931", total(0)),
            scan(budget, "4006381333931", total(1)),
            scan(budget, "010590123412345710LOT-B\x1d3704", total(2)),
            scan(budget, "010978020137962421SN-1", total(6)),
            photo(budget),
            fits(`${total(7)}:not(:has(.cx_dock_none)), ${total(7)}`),
            { content: "The photo is kept", trigger: ".cx_dock_photo .badge:contains('1'):not(:has(.fa-clock-o))" },
            budget.click(".cx_dock_place:not(:disabled):contains('7')", "Place"),
            fits(".cx_dock_done:contains('Placed')"),
            budget.check(".cx_dock_received:contains('LOT-B'):contains('4')"),
        ];
    },
});

tours.add("cx_dock_by_hand", {
    steps: () => {
        const budget = new ClickBudget(12);
        const line = (name) => `.cx_dock_line:contains('${name}')`;
        return [
            budget.click(".cx_dock_parcel:contains('DOCK-1')", "Choose the parcel"),
            budget.click(`${line("Pump")} button:has(.fa-plus)`, "One"),
            budget.click(`${line("Pump")} .cx_dock_number`, "How many?"),
            fits(".cx_dock_pad"),
            budget.click(".cx_dock_pad_all:contains('2')", "All of it"),
            {
                content: "It says so in words",
                trigger: `${line("Pump")} .cx_dock_standing:contains('Complete')`,
            },
            budget.click(`${line("Serial")} .cx_dock_unreadable`, "Its number cannot be read"),
            budget.click(".cx_dock_place:not(:disabled)", "Place"),
            fits(".cx_dock_sheet:contains('Lotted'):contains('0 / 4')"),
            budget.click(".cx_dock_place_anyway", "The rest did not come"),
            budget.check(".cx_dock_done:contains('Placed')"),
        ];
    },
});

tours.add("cx_dock_unknowns", {
    steps: () => {
        const budget = new ClickBudget(8);
        return [
            scan(budget, "NOBODY-9", ".cx_dock_parcels"),
            fits(".cx_dock_message:contains('who sent it')"),
            scan(budget, "WHAT-IS-THIS", ".cx_dock_empty"),
            { content: "One sentence with the way out", trigger: ".cx_dock_message:contains('WHAT-IS-THIS'):contains('Unknown Product')" },
            budget.click(".cx_dock_unknown", "Nobody knows what it is"),
            scan(budget, "9780201379624", ".cx_dock_others:contains('Unknown product')"),
            budget.click(".cx_dock_unreadable_asked", "Its number cannot be read"),
            photo(budget),
            { content: "The photo is kept", trigger: ".cx_dock_photo .badge:contains('1'):not(:has(.fa-clock-o))" },
            budget.click(".cx_dock_place:not(:disabled):contains('2')", "Place"),
            budget.check(".cx_dock_done:contains('Placed')"),
        ];
    },
});

/** The server does what the dock asks, and its answer never arrives. */
class LostAnswer extends XMLHttpRequest {
    open(method, url, ...rest) {
        this.isOfDock = url.includes("cx.dock");
        super.open(method, url, ...rest);
    }

    addEventListener(type, listener, ...rest) {
        if (this.isOfDock !== false && type === "error") {
            this.onLost = listener;
        }
        super.addEventListener(type, (ev) => {
            const isLost = this.isOfDock && type === "load";
            return (isLost ? this.onLost : listener)(ev);
        }, ...rest);
    }
}

tours.add("cx_dock_lost_connection", {
    steps: () => {
        const { XMLHttpRequest: real } = browser;
        const budget = new ClickBudget(12);
        return [
            scan(budget, "dock 1", ".cx_dock_parcels"),
            scan(budget, "010590123412345710LOT-B\x1d3704", total(0)),
            {
                content: "The connection breaks",
                trigger: total(4),
                run: () => {
                    browser.XMLHttpRequest = LostAnswer;
                },
            },
            scan(budget, "4006381333931", total(4)),
            { content: "It says so", trigger: `.cx_dock:has(${total(4)}) .cx_dock_message:contains('No connection')` },
            budget.click(".cx_dock_place:not(:disabled)", "Place"),
            budget.click(".cx_dock_place_anyway", "The rest did not come"),
            {
                content: "The count is kept",
                trigger: `.cx_dock:has(${total(4)}):has(.cx_dock_place:not(:disabled)) .cx_dock_message:contains('No connection')`,
                run: () => {
                    browser.XMLHttpRequest = real;
                },
            },
            budget.click(".cx_dock_place:not(:disabled)", "Place again"),
            budget.click(".cx_dock_place_anyway", "The rest did not come"),
            budget.check(".cx_dock_done:contains('Placed')"),
        ];
    },
});
