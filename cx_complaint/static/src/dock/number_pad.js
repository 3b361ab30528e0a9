import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { useActiveElement } from "@web/core/ui/ui_service";
import { formatNumber } from "./dock_format";

/** A number by thumb or by keyboard; closes with a quantity or with nothing. */
export class NumberPad extends Component {
    static template = "cx_complaint.NumberPad";
    static props = {
        title: String,
        subtitle: { type: String, optional: true },
        unit: { type: String, optional: true },
        all: { type: Number, optional: true },
        isWhole: { type: Boolean, optional: true },
        onConfirm: Function,
        onClose: Function,
    };

    setup() {
        this.keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
        this.formatNumber = formatNumber;
        this.state = useState({ text: "" });
        this.input = useRef("input");
        useActiveElement("sheet");
        onMounted(() => this.input.el.focus());
    }

    get value() {
        const value = Number(this.state.text.replace(",", "."));
        return this.state.text && Number.isFinite(value) && value >= 0 ? value : null;
    }

    type(text) {
        if (text === "." && (this.props.isWhole || this.state.text.includes("."))) {
            return;
        }
        this.state.text += text;
    }

    erase() {
        this.state.text = this.state.text.slice(0, -1);
    }

    onInput(ev) {
        this.state.text = ev.target.value.replace(this.props.isWhole ? /[^0-9]/g : /[^0-9.,]/g, "");
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.confirm();
        } else if (ev.key === "Escape") {
            ev.stopPropagation();
            this.props.onClose();
        }
    }

    confirm() {
        if (this.value !== null) {
            this.props.onConfirm(this.value);
        }
    }
}
