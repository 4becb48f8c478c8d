/** Rule id of the points a lead starts with, by its source. */
export const startingRule = '_start';
