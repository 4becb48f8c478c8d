/** Conditions and times of a plan as a marketer says them; the compiler sees that no kind is missing. Knows no lead and no format. */
import type { Advance, After, At, Condition, FieldTest, HandOffRule, InTheWay, Timing, Pool } from '../core/plan';
import type { Span } from '../core/time';
import { settingKey } from '../core/plan-settings';
import type { PlanSetting } from '../core/plan-settings';
import { qualificationWords, stageWords } from './words';

/** What must be true, to follow "when" or "unless": `the person clicks in "welcome"`. */
export function conditionWord(condition: Condition): string {
  switch (condition.kind) {
    case 'engaged':
      return engagedWord(condition);
    case 'clicked':
      return `the person has clicked in "${condition.touch}"`;
    case 'silentFor':
      return `the person has been silent for ${condition.span}`;
    case 'score':
      return `the score is ${condition.atLeast} or more`;
    case 'gained':
      return `the person gained ${condition.points} points within ${condition.within}`;
    case 'pain':
      return `the pain is ${condition.atLeast} or more of 10`;
    case 'fit':
      return `the fit is ${condition.atLeast} or more of 10 (closeness to the nearest persona)`;
    case 'cohort':
      return `the person is in the cohort "${condition.name}" (${condition.percent} of 100 people by lot)`;
    case 'segment':
      return `the person is in the segment "${condition.name}"`;
    case 'persona':
      return `the person is like "${condition.name}"`;
    case 'grade':
      return condition.atLeast === 'A' ? 'the grade is A' : `the grade is ${condition.atLeast} or better`;
    case 'temperature':
      return `the lead is ${condition.is}`;
    case 'stage':
      return `the person is at least in ${stageWords[condition.atLeast]}`;
    case 'qualification':
      return `the lifecycle stage is ${qualificationWords[condition.is]}`;
    case 'field':
      return condition.test === undefined ? `${fieldWord(condition.field)} is known` : testWord(condition.field, condition.test);
    case 'consent':
      return `there is consent to marketing by ${condition.channel}`;
    case 'all':
      return listed(condition.of, 'and');
    case 'any':
      return listed(condition.of, 'or');
    case 'not':
      return `it is not so that ${conditionWord(condition.of)}`;
  }
}

const listed = (parts: readonly Condition[], word: 'and' | 'or'): string =>
  parts
    .map((part) => ((part.kind === 'any' || part.kind === 'all') && parts.length > 1 ? `(${conditionWord(part)})` : conditionWord(part)))
    .join(` ${word} `);

/** What is told of the account reads as what it means. */
function accountWord(type: string, where: Readonly<Record<string, FieldTest>> | undefined): string | undefined {
  const { people, event } = where ?? {};
  if (type === 'account.engaged' && typeof people === 'object' && 'atLeast' in people)
    return `at least ${people.atLeast} people of the account have been active within 14 days`;
  return type === 'account.noticed' && typeof event === 'string' ? `"${event}" has happened to a colleague` : undefined;
}

function engagedWord({ type, where, times, within, same, from }: Extract<Condition, { kind: 'engaged' }>): string {
  const account = accountWord(type, where);
  if (account !== undefined) return account;
  const fields = Object.entries(where ?? {}).map(([field, test]) => testWord(field, test));
  return [
    `"${type}" has happened`,
    ...((times ?? 1) === 1 ? [] : [`${times} times`]),
    ...(within === undefined ? [] : [`within ${within}`]),
    ...(fields.length === 0 ? [] : [`where ${fields.join(' and ')}`]),
    ...(same === undefined ? [] : [`for the same ${same}`]),
    ...(from === undefined ? [] : ['since this phase began']),
  ].join(' ');
}

/** `data.value` is what the enrolment was begun with. */
export const fieldWord = (field: string): string => {
  if (field.startsWith('settings.')) return `the campaign's ${field.slice(9)}`;
  return field.startsWith('data.') ? `the enrolment's ${field.slice(5)}` : field;
};

function testWord(field: string, test: FieldTest): string {
  const name = fieldWord(field);
  if (typeof test !== 'object') return `${name} is ${test}`;
  if ('oneOf' in test) return `${name} is ${test.oneOf.join(' or ')}`;
  if ('atLeast' in test) return `${name} is at least ${test.atLeast}`;
  if ('atMost' in test) return `${name} is at most ${test.atMost}`;
  return `${name} starts with ${test.startsWith}`;
}

/** When a step is due: `at once`, `3 days after the step before`, `3 days before endsAt`, `at the next Tuesday 10:00 of the person's clock`. */
export function timingWord({ after, at, on, ifPast }: Timing): string {
  const from = at === undefined ? afterWord(after) : dateWord(at);
  const clock = on === undefined ? '' : `the next ${localTimeWord(on)} by the person's clock`;
  const due = on === undefined ? from : from === 'at once' ? `at ${clock}` : `at ${clock}, from ${from} on`;
  return ifPast === 'now' ? `${due} (at once where that has passed)` : due;
}

/** `weekdays 10:00` is said of one of them: `weekday 10:00`, `Tuesday or Thursday 10:00`. */
export const localTimeWord = (on: string): string =>
  on.replace(/^(weekday|weekend)s /, (_, days: string) => `${days} `).replaceAll(', ', ' or ');

const isNone = (span: Span): boolean => /^0(\.0+)? /.test(span);

/** `3 days before endsAt`. */
export const dateWord = ({ field, side, span }: At): string =>
  isNone(span) ? `when ${fieldWord(field)} comes` : `${span} ${side} ${fieldWord(field)}`;

function afterWord(after: After | undefined): string {
  if (after === undefined) return 'at once';
  if (typeof after === 'string') return isNone(after) ? 'at once' : `${after} after the step before`;
  if (after.kind === 'setting') return `as long after the step before as ${fieldWord(settingKey(after.name))} says`;
  const since = conditionWord(after.of);
  if (after.latest === true) return `${after.span} after the last time that ${since}`;
  return isNone(after.span) ? `as soon as ${since}` : `${after.span} after the moment when ${since}`;
}

/** What becomes of a touch that the cap or the night is in the way of, to follow "where the cap is reached". */
export const inTheWayWord = (then: InTheWay): string =>
  then === 'skip' ? 'it is left out' : then === 'hold' ? 'it waits' : `it waits and "${then.replace}" goes in its place`;

/** What a setting of a sequence may be: `a number from 1 up to 9, else 3`. */
export function settingWord(setting: PlanSetting): string {
  const otherwise = `, else ${String(setting.default)}`;
  if (setting.kind === 'choice') return `one of ${setting.options.join(', ')}${otherwise}`;
  if (setting.kind === 'flag') return `true or false${otherwise}`;
  if (setting.kind === 'text') return `a text${otherwise}`;
  const bounds = [setting.min === undefined ? '' : ` from ${setting.min}`, setting.max === undefined ? '' : ` up to ${setting.max}`];
  return `a ${setting.kind}${bounds.join('')}${otherwise}`;
}

/** Where an advance leads: `on to phase close`, `starts trial-offer and stays`, `leaves ("done")`. */
export function wayWord({ endOther, ...way }: Pick<Advance, 'to' | 'start' | 'stay' | 'end' | 'endOther'>): string {
  if (endOther === undefined) return ownWayWord(way);
  const alone = way.to === undefined && way.start === undefined && way.end === undefined;
  return `ends ${endOther}${alone ? ' and goes on here' : `, ${ownWayWord(way)}`}`;
}

function ownWayWord({ to, start, stay, end }: Pick<Advance, 'to' | 'start' | 'stay' | 'end'>): string {
  if (to !== undefined) return `on to phase ${to}`;
  if (start !== undefined) return `starts ${start}${stay === true ? ' and stays here too' : ' and leaves this sequence'}`;
  return `leaves this sequence${end === undefined ? '' : ` ("${end}")`}`;
}

export const slaWord = ({ accept, contact }: HandOffRule['sla']): string =>
  `${accept === undefined ? '' : `a rep accepts within ${accept} and `}makes contact within ${contact}`.replace(/^makes/, 'a rep makes');

/** What a pool sends, to follow the message's name: `then every 2 weeks the next unsent piece on planning (blog, guide), most important first`. */
export function poolWord({ from, every, order, dry }: Pool): string {
  const about = [
    ...(from.topic === undefined ? [] : [from.topic === 'own' ? 'on their own topic' : `on ${from.topic}`]),
    ...(from.stage === undefined ? [] : [from.stage === 'own' ? 'for the stage they are in' : `for ${from.stage}`]),
    ...(from.kind === undefined ? [] : [`(${from.kind.join(', ')})`]),
    ...(from.language === undefined ? [] : [`in ${from.language}`]),
  ].join(' ');
  const cadence = every === 'preferred' ? 'as often as the person likes' : `every ${every}`;
  return `then ${cadence} the next unsent piece${about === '' ? '' : ` ${about}`}, ${order === 'newest' ? 'the newest' : 'the most important'} first, and when there is none ${dry === 'wait' ? 'it waits for new ones' : 'the next step'}`;
}
