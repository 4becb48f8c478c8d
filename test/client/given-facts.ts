/** A short life of a lead as facts, one of every type the command line must put in words. */
import type { Fact, FactOf, FactType } from '../../workflows/core';

const startAt = Date.UTC(2026, 10, 1, 9, 0);
const hour = 3_600_000;
let clock = 0;

export type Bare<T extends FactType> = Omit<FactOf<T>, 'v' | 'type' | 'occurredAt' | 'recordedAt'>;
export function fact<T extends FactType>(type: T, body: Bare<T>): FactOf<T> {
  clock += 1;
  const at = startAt + clock * hour;
  return { v: 1, type, occurredAt: at, recordedAt: at, ...body } as unknown as FactOf<T>;
}

export const model = 'b2b-points@1#0123456789ab';
const sequence = 'buyers-journey@1#ba9876543210';

/** Scored 27.5 of 32.5: capped once, decayed once; one message sent, two not, one unknown; handed to Maya. */
export const life: readonly Fact[] = [
  fact('LeadResumed', { run: 'run-1' }),
  fact('ProfileLearned', { version: 1, traits: { source: 'trade-show', zone: 'Europe/London' }, consent: { email: 'granted' } }),
  fact('GradeChanged', { model, fit: 12, grade: 'B' }),
  fact('PointsChanged', { model, rule: '_start', event: '', day: 20_393, raw: 5_000, delta: 5_000 }),
  fact('Enrolled', { enrolment: 'e1', sequence, phase: 'learn', campaign: 'spring', data: {}, because: 'enrolled by olga' }),
  fact('QualificationChanged', { from: 'suspect', to: 'lead', because: 'enrolled in buyers-journey' }),
  fact('PhaseEntered', { enrolment: 'e1', phase: 'learn', stage: 'awareness', because: 'entry' }),
  fact('StageChanged', { from: undefined, to: 'awareness', because: 'phase learn of buyers-journey@1' }),
  fact('TouchSent', {
    effect: 'e1.learn.welcome.1',
    enrolment: 'e1',
    touch: 'welcome',
    content: 'welcome@3#aaaaaaaaaaaa',
    purpose: 'marketing',
  }),
  fact('EngagementRecorded', { id: 'aaaaaaaaaaa', event: 'form.submitted', actor: 'human', data: { form: 'demo' } }),
  fact('PointsChanged', { model, rule: 'form', event: 'aaaaaaaaaaa', day: 20_393, raw: 20_000, delta: 20_000 }),
  fact('EngagementRecorded', { id: 'bbbbbbbbbbb', event: 'page.viewed', actor: 'human', data: { path: '/pricing' } }),
  fact('PointsChanged', { model, rule: 'visit', event: 'bbbbbbbbbbb', day: 20_393, raw: 7_500, delta: 5_000, capped: 'day' }),
  fact('PointsDecayed', { model, day: 20_400, delta: -2_500 }),
  fact('TouchWithheld', { enrolment: 'e1', touch: 'ebook', content: 'ebook@1#bbbbbbbbbbbb', because: 'repeated' }),
  fact('TouchWithheld', { enrolment: 'e1', touch: 'webinar', content: 'webinar@1#cccccccccccc', because: 'consent' }),
  fact('TouchUncertain', {
    effect: 'e1.learn.guide.1',
    enrolment: 'e1',
    touch: 'guide',
    content: 'guide@1#dddddddddddd',
    because: 'connection-lost',
  }),
  fact('HandOffRequested', { handOff: 1, rule: 'hand-raiser', enrolment: 'e1', why: 'form.submitted', contactBy: Date.UTC(2026, 10, 25) }),
  fact('HandOffOffered', { handOff: 1, rep: 'rep-maya' }),
];
