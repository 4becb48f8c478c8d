/** Codes of refusals that mean "nobody answers", which some commands can do without. Knows no connection. */

/** NATS or the people role. */
export const awayCode = 'people-away';
/** Temporal or its workers. */
export const temporalAwayCode = 'temporal-away';
