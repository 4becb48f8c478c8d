/** Public door of the core: data in, decisions out. Pure: no clock, no chance, no I/O, no platform. */
export type { Fact, FactOf, FactType, Decision, Position, WithheldBecause } from './facts';
export type { Effect, SendTouch, AssignRep, NotifyRep, Purpose } from './effects';
export type { Input, Outcome, Command, Answer } from './inputs';
export type { LeadState, Enrolment, HandOff, Aggregate } from './state';
export type { Plan, Phase, Touch, Condition, Model, Settings, Published, Grade, Temperature, HandOffRule } from './plan';
