/** One-phase sequences for tests of time, and what was sent of them when. No quiet hours, no cap in the way. */
import { defineSequence } from '../../workflows/core/words';
import type { SaidStep } from '../../workflows/core/words';
import type { Plan } from '../../workflows/core';
import { given } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';

const { ada } = people;
export const hour = 3_600_000;
export const day = 24 * hour;
const head = { id: 'plan', version: 1, model: 'b2b-points' } as const;
export const sequenceOf = (...touches: SaidStep<string, never>[]) =>
  defineSequence({ ...head, phases: { start: { touches, exhaustedAfter: '300 days' } } });
export const noQuiet = { quietHours: { from: 0, to: 0, zone: 'Etc/UTC' }, cap: { touches: 50, per: '1 day' } } as const;
export const enrolled = (
  plan: Plan,
  data: Readonly<Record<string, string | number>> = {},
  traits: Readonly<Record<string, string>> = ada.traits,
) =>
  given(publish({ plans: [plan], settings: noQuiet }), ada.leadId)
    .profile(traits)
    .command({ word: 'enrol', sequence: 'plan', data });
type Tale = ReturnType<typeof given>;
export const sent = (tale: Tale) =>
  tale.factsOf('TouchSent').map(({ touch, recordedAt }) => [touch, new Date(recordedAt).toISOString().slice(0, 16)]);
export const withheld = (tale: Tale) => tale.factsOf('TouchWithheld').map(({ touch, because }) => [touch, because]);
