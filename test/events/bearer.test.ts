import { sourceOf } from '../../events/bearer';
import { closeIntakes, intakeOf, json } from './intake-fixture';
import { eventOf } from './fakes';

afterEach(closeIntakes);

const who = sourceOf({ site: 'token-of-the-website', crm: 'token-of-the-crm-00' });

test.each([
  ['Bearer token-of-the-website', 'site'],
  ['bearer  token-of-the-crm-00 ', 'crm'],
  ['Bearer token-of-the-website2', undefined],
  ['Bearer token-of-the-websit', undefined],
  ['Basic token-of-the-website', undefined],
  ['token-of-the-website', undefined],
  ['Bearer ', undefined],
  ['', undefined],
  [undefined, undefined],
])('"%s" is %s', (header, source) => expect(who(header)).toBe(source));

test('where no source is named nobody may publish', () => {
  expect(sourceOf({})('Bearer undefined')).toBeUndefined();
  expect(sourceOf({})('Bearer ')).toBeUndefined();
});

test.each([
  ['no token', {}],
  ['a wrong token', { authorization: 'Bearer token-of-somebody-else' }],
])('events with %s are answered 401, and nothing of them is kept', async (_, given) => {
  const { app, published, rejected } = intakeOf();
  for (const payload of [eventOf('app.login', { lead: 'ada' }, {}), 'no json']) {
    const headers = { 'content-type': 'application/json', ...given };
    const answer = await app.inject({ method: 'POST', url: '/v1/events', headers, payload });
    expect([answer.statusCode, answer.headers['www-authenticate'], answer.json().problem]).toEqual([
      401,
      'Bearer',
      { code: 'not-allowed', says: expect.stringContaining('bearer token'), todo: expect.stringContaining('INTAKE_TOKENS') },
    ]);
  }
  expect([published, rejected.records]).toEqual([[], []]);
});

test('each source publishes with its own token, and recipients need none', async () => {
  const { app, published } = intakeOf();
  for (const token of ['token-of-the-website', 'token-of-the-crm-00']) {
    const headers = { ...json, authorization: `Bearer ${token}` };
    const answer = await app.inject({ method: 'POST', url: '/v1/events', headers, payload: eventOf('app.login', { lead: 'ada' }, {}) });
    expect(answer.statusCode).toBe(202);
  }
  expect(published).toHaveLength(2);
  expect((await app.inject({ method: 'POST', url: '/u/good' })).statusCode).toBe(200);
  expect((await app.inject('/healthz')).statusCode).toBe(200);
});
