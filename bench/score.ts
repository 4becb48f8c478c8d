/** Scoring in the core: events a second by each kind of model beside `JSON.parse` of the same events, and a log of a million events re-scored beside reading it alone. */
import { decide, eventsIn, fold, initial, isPoints, upcast } from '../workflows/core';
import type { Decision, Fact, Input, LeadState, Model, PointsModel, Published } from '../workflows/core';
import { recounted } from '../workflows/core/rescore';
import { median } from './median';
import { predictedModel } from './predicted-model';
import { yearEvents, yearMs, yearPublished, yearStartsAt } from './year';
import { yearModel } from './year-plans';

const rounds = 7;
const repeats = 40;
/** Their logs are read in turn until a million events are through. */
const distinctLeads = 50;
const logEvents = 1_000_000;

const everything: PointsModel = {
  ...yearModel,
  total: 150,
  groups: { site: { total: 60 } },
  startingByStage: { awareness: 5 },
  rules: [
    ...yearModel.rules.map((rule) =>
      rule.on === 'page.viewed' ? { ...rule, group: 'site', recent: { days: 7, percent: 200 } } : { ...rule, total: 90 },
    ),
    { id: 'third-visit', on: 'page.viewed', points: 10, times: 3, per: '7 days', perDay: 1, group: 'site' },
  ],
};
const asked = (id: string, trait: string, best: string) => ({ id, says: id, trait, best: [best], others: { _other: 1, _unknown: 0 } });
const models: Readonly<Record<string, Model>> = {
  points: yearModel,
  everyCap: everything,
  painAndFit: { id: yearModel.id, version: 1, kind: 'merodio', high: { pain: 7, fit: 7 }, grades: { A: 8, B: 6, C: 3 } },
  questions: {
    id: yearModel.id,
    version: 1,
    kind: 'questions',
    best: 4,
    questions: [asked('title', 'seniority', 'head'), asked('type', 'industry', 'software'), asked('size', 'size', '51-200')],
    grades: yearModel.grades,
    bands: yearModel.bands,
    mqlAt: 12,
  },
  predictive: predictedModel(yearModel.id),
};

function publishedBy(model: Model): Published {
  const ref = `${model.id}@1#0123456789ab`;
  const like = [{ weight: 1, when: { kind: 'field', field: 'seniority', test: 'head' } }] as const;
  const personas = { head: { says: 'x', when: like[0].when, like } };
  return { ...yearPublished({ personas }), model: () => model, currentModel: () => ({ ref, model }) };
}

const profile: Input = {
  kind: 'profiled',
  id: 'p1',
  version: 1,
  occurredAt: yearStartsAt,
  traits: { seniority: 'head', industry: 'software', source: 'webinar' },
  consent: { email: 'granted' },
};

function through(
  published: Published,
  events: readonly Extract<Input, { kind: 'engaged' }>[],
): { readonly state: LeadState; readonly facts: readonly Fact[] } {
  const facts: Fact[] = [];
  let state = initial('lead-score');
  for (const input of [profile, ...events]) {
    const made = decide(published, state, [input], input.kind === 'engaged' ? input.event.occurredAt : yearStartsAt);
    facts.push(...made);
    state = fold(state, made);
  }
  return { state, facts };
}

const seconds = (work: () => void): number => {
  const startedAt = performance.now();
  work();
  return (performance.now() - startedAt) / 1_000;
};

export async function run(): Promise<Record<string, number>> {
  const events = yearEvents(11);
  const texts = events.map(({ event }) => JSON.stringify({ specversion: '1.0', source: 'https://www.example.com/tracker', ...event }));
  const sides: Readonly<Record<string, () => number>> = {
    parse: () => texts.reduce((sum, text) => sum + (JSON.parse(text) as { readonly id: string }).id.length, 0),
    ...Object.fromEntries(Object.entries(models).map(([name, model]) => [name, () => through(publishedBy(model), events).state.at])),
  };
  const rate = (work: () => number): number =>
    (repeats * events.length) /
    seconds(() => {
      for (let n = 0; n < repeats; n += 1) work();
    });
  const measured = Array.from({ length: rounds + 1 }, () =>
    Object.fromEntries(Object.entries(sides).map(([name, work]) => [name, rate(work)])),
  );
  const kept = measured.slice(1);
  const of = (name: string): number => Math.round(median(kept.map((round) => round[name] ?? Number.NaN)));
  return {
    ...Object.fromEntries(Object.keys(sides).map((name) => [`${name}PerSecond`, of(name)])),
    ...Object.fromEntries(
      Object.keys(models).map((name) => [`${name}VsJsonParse`, median(kept.map((round) => (round[name] ?? 0) / (round['parse'] ?? 1)))]),
    ),
    ...rescored(),
  };
}

/** A lead's log, a line a decision, as FACTS holds it. */
function logOf(seed: number, published: Published): readonly string[] {
  const { facts } = through(published, yearEvents(seed));
  return facts.map((fact, n) =>
    JSON.stringify({ v: 1, lead: `lead-${seed}`, n, prev: '0123456789ab', run: 'run', at: fact.recordedAt, consumed: [], facts: [fact] }),
  );
}

const read = (lines: readonly string[]): readonly Fact[] => lines.flatMap((line) => (JSON.parse(line) as Decision).facts.map(upcast));

/** `rescoreVsRead`: reading, folding and counting again over reading alone; `rescoreMegabytes`: growth of the process meanwhile. */
function rescored(): Record<string, number> {
  const published = publishedBy(yearModel);
  const logs = Array.from({ length: distinctLeads }, (_, at) => logOf(at + 1, published));
  const times = logEvents / (400 * distinctLeads);
  const now = yearStartsAt + yearMs;
  const named = { ref: 'b2b-points@2#ba9876543210', model: everything };
  let sink = 0;
  const all = (work: (facts: readonly Fact[]) => number): number =>
    seconds(() => {
      for (let n = 0; n < times; n += 1) for (const lines of logs) sink += work(read(lines));
    });
  const again = (facts: readonly Fact[]): number =>
    recounted(published, named, fold(initial('lead-score'), facts), eventsIn(facts), now).total;
  all((facts) => facts.length);
  const before = process.memoryUsage().rss;
  const [readSeconds, rescoreSeconds] = [all((facts) => facts.length), all(again)];
  if (sink === 0 || !isPoints(named.model)) throw new Error('nothing was counted');
  return {
    logEvents,
    readSeconds,
    rescoreSeconds,
    rescoreVsRead: rescoreSeconds / readSeconds,
    rescoreMegabytes: Math.round((process.memoryUsage().rss - before) / 1e6),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1e3),
  };
}
