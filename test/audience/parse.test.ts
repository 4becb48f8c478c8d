/** What marketing may ask of people, read from text; what is no question is refused with its place. */
import { isFault, parseQuery } from '../../events/audience/parse';
import { leavesOf } from '../../events/audience/query';
import type { Query } from '../../events/audience/query';

const parsed = (text: string): Query => {
  const query = parseQuery(text);
  if (isFault(query)) throw new Error(`${query.at}: ${query.says}`);
  return query;
};
/** Structure alone, in brackets. */
const shape = (query: Query): string => {
  if (query.kind === 'not') return `not ${shape(query.of)}`;
  if (query.kind === 'all' || query.kind === 'any') return `(${query.of.map(shape).join(query.kind === 'all' ? ' and ' : ' or ')})`;
  return query.said;
};

test('the question of the handbook, with every part as it was written', () => {
  const text = 'stage = awareness and score >= 30 and industry in (software, finance) and not received(pricing) in 30 days';
  expect(parsed(text)).toMatchObject({
    kind: 'all',
    of: [
      { kind: 'compare', field: 'stage', op: '=', value: 'awareness' },
      { kind: 'compare', field: 'score', op: '>=', value: 30 },
      { kind: 'oneOf', field: 'industry', values: ['software', 'finance'] },
      { kind: 'not', of: { kind: 'received', content: 'pricing', days: 30 } },
    ],
  });
  expect(leavesOf(parsed(text)).map(({ said }) => said)).toEqual([
    'stage = awareness',
    'score >= 30',
    'industry in (software, finance)',
    'not received(pricing) in 30 days',
  ]);
});

test.each([
  ['a = 1 or b = 2 and not c = 3', '(a = 1 or (b = 2 and not c = 3))'],
  ['(a = 1 or b = 2) and c = 3', '((a = 1 or b = 2) and c = 3)'],
  ['not not a = 1', 'not not a = 1'],
  ['NOT a = 1 AND b = 2', '(not a = 1 and b = 2)'],
])('%s binds as %s', (text, as) => expect(shape(parsed(text))).toBe(as));

test.each([
  ['mailable', { kind: 'compare', field: 'mailable', op: '=', value: true }],
  ['customer = no', { kind: 'compare', value: false }],
  ["source = 'trade show'", { kind: 'compare', value: 'trade show' }],
  ['size in (51-200, 1001+)', { kind: 'oneOf', values: ['51-200', '1001+'] }],
  ['zone = Europe/Berlin', { value: 'Europe/Berlin' }],
  ['industry is unknown', { kind: 'not', of: { kind: 'known', field: 'industry' } }],
  ['industry is not unknown', { kind: 'known', field: 'industry' }],
  ['stage == awareness', { op: '=', value: 'awareness' }],
  ['balance >= -5.5', { op: '>=', value: -5.5 }],
  ['size = 51-200', { op: '=', value: '51-200' }],
  ['stage is not awareness', { op: '!=', value: 'awareness' }],
  ['country not in (de, at)', { kind: 'not', of: { kind: 'oneOf', values: ['de', 'at'] } }],
  ['created in 2 weeks', { kind: 'within', field: 'created', days: 14 }],
  ['engaged within 7 days', { kind: 'within', field: 'engaged', days: 7 }],
  ['silent for 60 days', { kind: 'silent', days: 60 }],
  ['gained 25 points in 14 days', { kind: 'gained', points: 25, days: 14 }],
  ['gained 1 point within 2 weeks', { kind: 'gained', points: 1, days: 14 }],
  ['gained 25 in 14 days', { kind: 'gained', points: 25, days: 14 }],
  ['did(page.viewed) 3 times in 7 days', { kind: 'did', event: 'page.viewed', times: 3, days: 7 }],
  ['clicked(pricing)', { kind: 'did', event: 'email.clicked', content: 'pricing', times: 1 }],
  ['received() in 7 days', { kind: 'received', days: 7 }],
  ['list(fair-2026)', { kind: 'in', what: 'list', name: 'fair-2026' }],
])('%s', (text, query) => expect(parsed(text)).toMatchObject(query));

test.each([
  ['', 1, /the question ends/],
  ['score >=', 9, /a value should stand here/],
  ['score >= 30 an stage = decision', 13, /"an" follows without "and" or "or"; did you mean "and"\?/],
  ['(score >= 30', 1, /this bracket is not closed/],
  ['score >= 30)', 12, /never opened/],
  ["source = 'fair", 10, /never closed/],
  ['industry in finance', 13, /in brackets: industry in \(one, two\)/],
  ['received(pricing) in 30 moons', 25, /"moons" is no span/],
  ['recieved(pricing)', 1, /did you mean "received"\?/],
  ['did(page.viewed) in 0 days', 21, /whole number from 1/],
  ['gained 25 points', 17, /in how many days: gained 25 points in 14 days/],
  ['score & 3', 7, /"&" has no meaning here: write "and"/],
  ['stage = awareness || score > 3', 19, /"\|" has no meaning here: write "or"/],
  ['score between 10 and 20', 7, /"between" is no comparison here: write both ends/],
  ['company like acme', 9, /"like" is no comparison here: whole values are compared/],
  ['= 3', 1, /where a field should be/],
  [`${'('.repeat(60)}a = 1${')'.repeat(60)}`, 52, /too many brackets/],
  ['a'.repeat(4_001), 4_001, /at most 4000 letters/],
])('%s is refused at column %d', (text, at, says) => {
  const fault = parseQuery(text);
  expect(isFault(fault) ? fault : undefined).toMatchObject({ at, says: expect.stringMatching(says) });
});
