import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** What waits for the user, by his functions; every figure opens the list behind it. */
export class Desk extends Component {
    static template = "cx_complaint.Desk";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ sections: [] });
        onWillStart(() => this.load());
    }

    async load() {
        Object.assign(this.state, await this.orm.call("cx.desk", "show", []));
    }

    open(tile) {
        return this.action.doAction(tile.action);
    }
}

registry.category("actions").add("cx_complaint.desk", Desk);
