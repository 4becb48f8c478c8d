/** Public door of the core: data in, decisions out. Pure: no clock, no chance, no I/O, no platform. */
export type { Fact, FactOf, FactType, Decision, Position, WithheldBecause } from './facts';
export type { AssignRep, DeedEffect, Effect, GiveTask, NotifyRep, Purpose, RunCustom, SendTouch, StepEffect, TellLeads } from './effects';
export { isOfStep } from './effects';
export type { Input, Outcome, Command, Answer } from './inputs';
export type { LeadState, Enrolment, HandOff, Aggregate, Part } from './state';
export type {
  Plan,
  Phase,
  Touch,
  Condition,
  Model,
  Settings,
  Published,
  Grade,
  Temperature,
  HandOffRule,
  MatrixModel,
  MerodioModel,
  PointsModel,
  QuestionsModel,
} from './plan';
export type { LeadAttributes, LeadDescription } from './describe';
export type { TemperatureReading } from './score';
export type { EventType, Events } from './event-types';
export type { Fault } from './definition-error';
export type { Arrival, Arrivals } from './arrivals';
export type { Ahead, Step } from './forward';

export { initial } from './initial';
export { decide } from './decide';
export { evolve, fold } from './evolve';
export { eventsIn } from './recorded';
export { asKnown, inHindsight } from './past';
export type { Past } from './past';
export { outstanding } from './outstanding';
export { nextWake } from './wake';
export { arrivals } from './arrivals';
export { forward, WakeStuck } from './forward';
export { factTypes, migrate, upcast, UnknownFact } from './upcast';
export { answerOf, lookups, refsOf } from './lookups';
export { describeLead } from './describe';
export { instant } from './civil';
export { closenessOf, personAt } from './conditions';
export type { Closeness } from './conditions';
export { isPoints } from './model';
export { gradeOf, readScore, temperatureOf } from './score';
export { HistoryNeeded, UnknownRef } from './deciding';
export { DefinitionError } from './definition-error';
export { faultsOf } from './check-sequence';
