/**
 * Counts what a person does with the mouse or a finger while a tour runs, so that a tour can hold a budget of clicks.
 * Typing and the steps that only look do not count.
 */
export class ClickBudget {
    constructor(limit) {
        this.limit = limit;
        this.clicks = 0;
    }

    /** A step that clicks, counted. */
    click(trigger, content) {
        return {
            content,
            trigger,
            run: async (helpers) => {
                this.clicks++;
                await helpers.click();
            },
        };
    }

    /** A step that types; it needs the field to be at hand. */
    type(trigger, text, content) {
        return { content, trigger, run: `edit ${text}` };
    }

    /** The last step: fails when more was clicked than the budget allows. */
    check(trigger) {
        return {
            content: `At most ${this.limit} clicks`,
            trigger,
            run: () => {
                if (this.clicks > this.limit) {
                    throw new Error(`${this.clicks} clicks, the budget is ${this.limit}`);
                }
            },
        };
    }
}
