/** The public door of predictive scoring: train on a list, judge, ask for a probability with its reasons. */
export { judge } from './metrics';
export type { Metrics } from './metrics';
export { modelKind, modelVersion } from './model';
export type { AgedModel, ColumnReport, LeftOut, PredictiveModel, When, WhenBand } from './model';
export { findOutcome, labelsOf, noLabel } from './outcome';
export { bandOf, modelOfAge, probability, scorerOf } from './probability';
export type { LeadRecord, Reason, Scored, Scorer } from './probability';
export { specialCategory } from './special';
export { ageFor, knownOf, logAges, strangeColumns } from './engine-record';
export type { LogAge } from './engine-record';
export { exampleOf } from './examples';
export type { Example, LookAt } from './examples';
export { ageWords, trainFromLog } from './train-log';
export type { LogAnswer, LogAsk } from './train-log';
export { buildTable, columnNamed } from './table';
export type { Column, Table } from './table';
export { gate, trainModel, trainSteps } from './train';
export type { TrainAnswer, TrainAsk } from './train';
