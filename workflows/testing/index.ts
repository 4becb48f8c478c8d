/** The public door of the test kit: tales of one lead, for any test runner. */
export { journey } from './journey';
export type { JourneyOptions } from './journey';
export { TaleError } from './tale-error';
export type { Deeds, Expectations, Tale } from './words';
