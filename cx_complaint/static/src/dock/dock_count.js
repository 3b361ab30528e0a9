import { browser } from "@web/core/browser/browser";
import { user } from "@web/core/user";

/**
 * What is counted of one parcel: on this device until it is placed, so that neither a lost connection nor a closed
 * browser loses it.
 */
export class DockCount {
    constructor(screen) {
        this.storageKey = `cx_dock:${user.userId}:${screen.id}`;
        const kept = this.load();
        const expected = new Map(screen.groups.flatMap((group) => group.lines).map((line) => [line.id, line]));
        this.entries = (kept.entries || []).filter((entry) => !entry.move_id || expected.has(entry.move_id));
        this.pieces = kept.pieces ?? (screen.pieces_arrived || (screen.pieces_announced > 1 ? 0 : 1));
        this.isDriverSigned = kept.isDriverSigned ?? screen.is_driver_signed;
        this.token = kept.token || newToken();
    }

    load() {
        try {
            return JSON.parse(browser.localStorage.getItem(this.storageKey)) || {};
        } catch {
            return {};
        }
    }

    save() {
        const { entries, pieces, isDriverSigned, token } = this;
        try {
            browser.localStorage.setItem(this.storageKey, JSON.stringify({ entries, pieces, isDriverSigned, token }));
        } catch {
            // a private window without storage: the count lives as long as the page
        }
    }

    forget() {
        browser.localStorage.removeItem(this.storageKey);
    }

    /** Adds to the entry of the same goods, or starts one; returns it. */
    add(goods, quantity) {
        let entry = this.entries.find((other) => isSameGoods(other, goods));
        if (!entry) {
            this.entries.push({
                move_id: goods.move_id || false,
                product_id: goods.product_id || false,
                product: goods.product,
                unit: goods.unit || "",
                tracking: goods.tracking || "none",
                lot_id: goods.lot_id || false,
                lot_name: goods.lot_name || "",
                is_unreadable: Boolean(goods.is_unreadable),
                quantity: 0,
            });
            entry = this.entries.at(-1); // as the reactive list holds it
        }
        this.set(entry, entry.quantity + quantity);
        return entry;
    }

    /** Nothing counted is no entry. */
    set(entry, quantity) {
        entry.quantity = Math.max(rounded(quantity), 0);
        if (!entry.quantity) {
            this.entries.splice(this.entries.indexOf(entry), 1);
        }
    }

    of(line) {
        return this.entries.filter((entry) => entry.move_id === line.id);
    }

    get announced() {
        return this.entries.filter((entry) => entry.move_id);
    }

    get others() {
        return this.entries.filter((entry) => !entry.move_id);
    }

    total(entries = this.entries) {
        return rounded(entries.reduce((sum, entry) => sum + entry.quantity, 0));
    }

    /** What the server needs of it. */
    toServer() {
        return this.entries.map(({ move_id, product_id, lot_id, lot_name, is_unreadable, quantity }) => ({
            move_id, product_id, lot_id, lot_name, is_unreadable, quantity,
        }));
    }
}

function isSameGoods(entry, goods) {
    return (
        entry.move_id === (goods.move_id || false) &&
        entry.product_id === (goods.product_id || false) &&
        entry.lot_id === (goods.lot_id || false) &&
        entry.lot_name === (goods.lot_name || "") &&
        entry.is_unreadable === Boolean(goods.is_unreadable)
    );
}

export function rounded(quantity) {
    return Math.round(quantity * 1e6) / 1e6;
}

export function newToken() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
