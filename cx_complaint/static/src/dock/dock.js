import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { Mutex } from "@web/core/utils/concurrency";
import { useBus, useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { DockCount, newToken, rounded } from "./dock_count";
import { formatNumber } from "./dock_format";
import { readPhoto } from "./dock_photo";
import { NumberPad } from "./number_pad";

/** What arrives at the dock on one phone screen: scan, count, photo, place. */
export class Dock extends Component {
    static template = "cx_complaint.Dock";
    static components = { NumberPad };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.formatNumber = formatNumber;
        this.unknownText = _t("Customer unknown");
        this.otherText = _t("Other goods on the receipt");
        this.scanTexts = {
            parcel: _t("Scan or type waybill or RMA"),
            goods: _t("Scan or type a code of the goods"),
            next: _t("Scan the next parcel"),
        };
        this.messageIcons = {
            success: "fa-check-circle", info: "fa-info-circle", warning: "fa-exclamation-triangle", danger: "fa-times-circle",
        };
        this.hasCamera = isBarcodeScannerSupported();
        this.mutex = new Mutex(); // scans come faster than answers; each must see what the one before counted
        this.code = useRef("code");
        this.startToken = newToken();
        this.state = useState({
            rows: null,
            screen: null,
            count: null,
            message: null, // {type: "success" | "info" | "warning" | "danger", text}
            asked: null, // the tracked product of which a lot is asked
            touched: null, // the line that was counted last
            pad: null,
            isAsking: false, // whether to place less than was expected
            photos: [], // not yet with the server: {name, data}
            isBusy: false,
        });
        useBus(useService("barcode").bus, "barcode_scanned", (ev) => this.scan(ev.detail.barcode));
        const placeAnyway = useRef("placeAnyway");
        useEffect((el) => el?.focus(), () => [placeAnyway.el]);
        onWillStart(() => this.open());
    }

    get title() {
        return this.state.screen ? this.state.screen.waybill || this.state.screen.name : _t("Dock");
    }

    get scanText() {
        const { screen } = this.state;
        return screen ? (screen.is_open ? this.scanTexts.goods : this.scanTexts.next) : this.scanTexts.parcel;
    }

    // Talking to the server

    /** Calls a method of the dock; what goes wrong is said on the screen and nothing that was counted is lost. */
    async call(method, args = []) {
        this.state.isBusy = true;
        try {
            return await this.orm.silent.call("cx.dock", method, args);
        } catch (error) {
            const text = error instanceof ConnectionLostError
                ? _t("No connection. What you counted is kept on this device; try again.")
                : error.data?.message || error.message;
            this.say("danger", text);
            return null;
        } finally {
            this.state.isBusy = false;
        }
    }

    say(type, text) {
        this.state.message = { type, text };
        if (type !== "success" && "vibrate" in navigator && navigator.userActivation?.hasBeenActive) {
            navigator.vibrate([80, 60, 80]);
        }
    }

    async open() {
        const { consignment_id } = this.props.action.params || {};
        return consignment_id ? this.choose(consignment_id) : this.refresh();
    }

    async refresh() {
        const rows = await this.call("awaited");
        this.state.rows = rows || this.state.rows || [];
    }

    async choose(id) {
        this.state.message = null;
        const answer = await this.call("show", [id]);
        if (answer) {
            this.enter(answer.screen);
        } else if (!this.state.rows) {
            await this.refresh();
        }
    }

    enter(screen) {
        Object.assign(this.state, { screen, asked: null, touched: null, pad: null, isAsking: false, photos: [] });
        this.state.count = new DockCount(screen);
        this.state.message = null;
        if (!screen.is_open) {
            this.state.count.forget();
        } else if (this.state.count.entries.length) {
            this.say("info", _t("What you counted before is still here."));
        }
    }

    async leave() {
        Object.assign(this.state, { screen: null, count: null, message: null, rows: null, pad: null, isAsking: false });
        this.startToken = newToken();
        await this.refresh();
    }

    async startWithoutWaybill() {
        const answer = await this.call("start", [this.startToken]);
        if (answer) {
            this.enter(answer.screen);
            this.say("info", _t("Nobody knows who sent it: customer service is asked."));
        }
    }

    openRecord() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "cx.consignment",
            res_id: this.state.screen.id,
            views: [[false, "form"]],
        });
    }

    // Scanning

    onSubmitCode() {
        const text = this.code.el.value;
        this.code.el.value = "";
        return this.scan(text);
    }

    async openCamera() {
        try {
            await this.scan(await scanBarcode(this.env));
        } catch (error) {
            this.say("danger", error.message);
        }
    }

    async scan(text) {
        if (!text?.trim() || this.state.pad || this.state.isAsking) {
            return;
        }
        return this.mutex.exec(() => (this.state.screen ? this.scanGoods(text) : this.scanParcel(text)));
    }

    async scanParcel(text) {
        const answer = await this.call("find", [text]);
        if (answer?.screen) {
            this.enter(answer.screen);
            if (!answer.screen.customer) {
                this.say("info", _t("Nobody knows who sent it: customer service is asked."));
            }
        } else if (answer) {
            this.state.rows = answer.rows;
            this.say("info", _t("Several parcels carry this number. Choose one."));
        }
    }

    async scanGoods(text) {
        const { screen, count, asked } = this.state;
        if (!screen.is_open) {
            await this.leave();
            return this.scanParcel(text);
        }
        const answer = await this.call("scan", [screen.id, text, count.toServer(), asked]);
        if (!answer || this.state.screen?.id !== screen.id) {
            return;
        }
        if (answer.screen) {
            this.state.screen = answer.screen;
        }
        this.state.asked = answer.asked || null;
        for (const fill of answer.fills) {
            this.touch(count.add(fill, fill.quantity));
        }
        const types = { count: "success", rma: "info", ask_lot: "info" };
        const isStrange = answer.fills.length && answer.fills.every((fill) => !fill.move_id);
        this.say(isStrange ? "warning" : types[answer.kind] || "warning", answer.message);
    }

    // Counting

    get lines() {
        return this.state.screen.groups.flatMap((group) => group.lines);
    }

    touch(entry) {
        this.state.message = null;
        this.state.touched = entry.move_id || `other-${entry.product_id}`;
        this.state.count.save();
        show(".cx_dock_touched");
    }

    counted(line) {
        return this.state.count.total(this.state.count.of(line));
    }

    /** How a line stands, in words and a sign besides the colour. */
    standing(line) {
        const rest = rounded(line.expected - this.counted(line));
        if (rest < 0) {
            return { name: "more", icon: "fa-exclamation-triangle", text: _t("%s more than announced", formatNumber(-rest)) };
        }
        if (!rest) {
            return { name: "full", icon: "fa-check-circle", text: _t("Complete") };
        }
        return this.counted(line)
            ? { name: "part", icon: "fa-adjust", text: _t("%s to come", formatNumber(rest)) }
            : { name: "none", icon: "fa-circle-o", text: _t("Not counted") };
    }

    groupText(group) {
        const full = group.lines.filter((line) => this.counted(line) >= line.expected).length;
        return _t("%(full)s of %(all)s complete", { full, all: group.lines.length });
    }

    get expectedTotal() {
        return rounded(this.lines.reduce((sum, line) => sum + line.expected, 0));
    }

    /** The one lot of a line that is counted by lot, where there is no choice. */
    entryToStep(line) {
        const entries = this.state.count.of(line);
        if (line.tracking === "none") {
            return entries[0] || { ...this.goodsOf(line) };
        }
        if (line.tracking === "lot" && entries.length === 1) {
            return entries[0];
        }
        if (line.tracking === "lot" && !entries.length && line.lots.length === 1) {
            return { ...this.goodsOf(line), lot_id: line.lots[0].id, lot_name: line.lots[0].name };
        }
        return null;
    }

    goodsOf(line) {
        const { id, product_id, product, unit, tracking } = line;
        return { move_id: id, product_id, product, unit, tracking };
    }

    step(line, difference) {
        const entry = this.entryToStep(line);
        if (!entry) {
            this.state.asked = { ...this.goodsOf(line), move_id: false, quantity: 0 };
            this.say("info", _t("%s: scan its lot or serial number.", line.product));
        } else if (difference > 0 || entry.quantity) {
            this.touch(this.state.count.add(entry, difference));
        }
    }

    stepEntry(entry, difference) {
        if (entry.tracking === "serial" && !entry.is_unreadable && difference > 0) {
            this.say("warning", _t("One serial number is one unit. Scan the next one."));
            return;
        }
        this.state.count.set(entry, entry.quantity + difference);
        this.touch(entry);
    }

    askNumber(line) {
        const entry = this.entryToStep(line);
        if (!entry) {
            return this.step(line, 1);
        }
        this.state.pad = {
            title: line.product,
            subtitle: entry.lot_name || "",
            unit: line.unit,
            all: line.expected,
            isWhole: line.is_whole,
            onConfirm: (value) => {
                const current = this.state.count.of(line).find((other) => other.lot_id === (entry.lot_id || false));
                this.touch(this.state.count.add(entry, value - (current?.quantity || 0)));
            },
        };
    }

    askEntryNumber(entry) {
        if (entry.tracking === "serial" && !entry.is_unreadable) {
            return this.stepEntry(entry, 1);
        }
        this.state.pad = {
            title: entry.product,
            subtitle: this.lotText(entry),
            unit: entry.unit,
            isWhole: entry.tracking === "serial",
            onConfirm: (value) => {
                this.state.count.set(entry, value);
                this.touch(entry);
            },
        };
    }

    get padProps() {
        const { onConfirm, ...props } = this.state.pad;
        return { ...props, onConfirm: (value) => this.closePad(value), onClose: () => this.closePad() };
    }

    closePad(value) {
        const { onConfirm } = this.state.pad;
        this.state.pad = null;
        if (value !== undefined) {
            onConfirm(value);
        }
    }

    lotText(entry) {
        if (entry.tracking === "none") {
            return "";
        }
        return entry.is_unreadable ? _t("Lot unreadable") : entry.lot_name;
    }

    lessLabel(name) {
        return _t("One less of %s", name);
    }

    moreLabel(name) {
        return _t("One more of %s", name);
    }

    numberLabel(line) {
        return _t("%(product)s: %(counted)s of %(expected)s counted. Enter the number.", {
            product: line.product, counted: formatNumber(this.counted(line)), expected: formatNumber(line.expected),
        });
    }

    entryLabel(entry) {
        return _t("%(goods)s: %(counted)s counted. Enter the number.", {
            goods: this.lotText(entry) || entry.product, counted: formatNumber(entry.quantity),
        });
    }

    addUnreadable(line, quantity = 1) {
        this.touch(this.state.count.add({ ...this.goodsOf(line), is_unreadable: true }, quantity));
        this.state.asked = null;
        this.say("success", _t("%s: it gets a return lot; customer service asks which lot it is.", line.product));
    }

    /** The lot that was asked for cannot be read: on the first line of the product that lacks something. */
    addUnreadableAsked() {
        const { asked, count } = this.state;
        const lines = this.lines.filter((line) => line.product_id === asked.product_id);
        const line = lines.find((other) => this.counted(other) < other.expected) || (lines.length === 1 && lines[0]);
        if (line) {
            return this.addUnreadable(line, asked.quantity || 1);
        }
        this.touch(count.add({ ...asked, is_unreadable: true }, asked.quantity || 1));
        this.state.asked = null;
        this.say("success", _t("%s: it gets a return lot; customer service asks which lot it is.", asked.product));
    }

    addUnknown() {
        this.touch(this.state.count.add({ product: _t("Unknown product") }, 1));
        this.say("success", _t("Unknown product: take a photo; customer service finds out what it is."));
    }

    setPieces(pieces) {
        this.state.count.pieces = Math.max(Math.round(pieces), 0);
        this.state.count.save();
    }

    askPieces() {
        const { pieces_announced } = this.state.screen;
        this.state.pad = {
            title: _t("Pieces"),
            subtitle: _t("Boxes or pallets that stand here"),
            all: pieces_announced || undefined,
            isWhole: true,
            onConfirm: (value) => this.setPieces(value),
        };
    }

    toggleDriver() {
        this.state.count.isDriverSigned = !this.state.count.isDriverSigned;
        this.state.count.save();
    }

    // Photos

    get photoCount() {
        return this.state.screen.photos.length + this.state.photos.length;
    }

    async onPhoto(ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        for (const file of files) {
            this.state.photos.push({ name: file.name, data: await readPhoto(file) });
        }
        await this.sendPhotos();
    }

    /** Sends what is not sent yet; what fails is sent again with the next photo, or when the goods are placed. */
    async sendPhotos() {
        return this.mutex.exec(async () => {
            while (this.state.photos.length) {
                const { name, data } = this.state.photos[0];
                const answer = await this.call("add_photo", [this.state.screen.id, name, data]);
                if (!answer) {
                    return false;
                }
                this.state.photos.shift();
                this.state.screen.photos = answer.photos;
            }
            return true;
        });
    }

    dropPhotos() {
        this.state.photos = [];
        this.state.message = null;
    }

    // Placing

    /** What the clerk has still to do before the goods can be placed; "" when nothing. */
    get hindrance() {
        const { screen, count } = this.state;
        if (!count.entries.length) {
            return _t("Nothing is counted yet. Scan the goods, or tap +.");
        }
        if (!screen.is_counted && !count.pieces) {
            return _t("Count the pieces: %s on the waybill.", screen.pieces_announced || "?");
        }
        if (screen.is_photo_needed && !this.photoCount) {
            return _t("Take a photo of what arrived.");
        }
        if (!screen.is_counted && screen.is_signature_needed && !count.isDriverSigned) {
            return _t("Let the driver sign and tap “Driver signed”.");
        }
        return "";
    }

    get missing() {
        return this.lines.filter((line) => this.counted(line) < line.expected);
    }

    async onPlace() {
        await this.mutex.getUnlockedDef(); // what was scanned last is counted first
        if (this.hindrance) {
            this.say("warning", this.hindrance);
            if (this.state.count.entries.length) {
                show(".cx_dock_facts");
            }
        } else if (this.missing.length && !this.state.isAsking) {
            this.state.isAsking = true;
        } else {
            await this.place();
        }
    }

    onSheetKeydown(ev) {
        if (ev.key === "Escape") {
            this.state.isAsking = false;
        }
    }

    async place() {
        this.state.isAsking = false;
        if (this.state.isBusy || !(await this.sendPhotos())) {
            return;
        }
        const { screen, count } = this.state;
        const facts = { pieces_arrived: count.pieces, is_driver_signed: count.isDriverSigned };
        count.save();
        const answer = await this.call("place", [screen.id, count.toServer(), facts, count.token]);
        if (answer) {
            this.enter(answer.screen);
        }
    }

    /** A scanner types: a space in its code must not press the button that a finger touched last. */
    onTap(ev) {
        const focused = document.activeElement;
        if (ev.detail && focused?.matches(".cx_dock button") && !focused.closest(".cx_dock_sheet")) {
            focused.blur();
        }
    }

    // Rows

    rowDate(row) {
        return row.expected_date ? formatDate(deserializeDate(row.expected_date)) : "";
    }
}

/** Scrolls to what is drawn with the next frame. */
function show(selector) {
    requestAnimationFrame(() =>
        requestAnimationFrame(() => document.querySelector(selector)?.scrollIntoView({ block: "nearest" }))
    );
}

registry.category("actions").add("cx_complaint.dock", Dock);
