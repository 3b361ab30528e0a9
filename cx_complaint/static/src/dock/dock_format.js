import { formatFloat } from "@web/core/utils/numbers";

/** 3 → 3, 2.5 → 2.5: without zeros that say nothing. */
export function formatNumber(quantity) {
    return formatFloat(quantity, { digits: [16, 3], trailingZeros: false });
}
