import fc from 'fast-check';
import { engagementTypes, looksLikeAddress } from '../../events/engagement';
import { eventHash } from '../../events/hashes';
import { parseEvent, parseJson, strip, surestIdentity, type Parsed } from '../../events/strip';
import { eventOf, secret } from './fakes';

const nowAt = Date.parse('2026-03-02T12:00:00Z');
const ada = { email: 'ada@example.com' };
const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const faultOf = (parsed: Parsed) => (parsed.as === 'faulty' ? parsed.fault : undefined);
const stripped = (event: unknown, at = nowAt) => {
  const parsed = parseJson(event);
  if (parsed.as !== 'engagement') throw new Error(JSON.stringify(parsed));
  return strip(parsed, { secret, nowAt: at });
};

describe('stripping', () => {
  test('of an event only ids, codes and numbers reach the lead', () => {
    const event = eventOf(
      'form.submitted',
      { ...ada, phone: '+49 30 1234567' },
      { form: 'demo' },
      { id: 'f-1', message: 'call me, Ada Lovelace', userAgent: 'Mozilla/5.0 (X11)' },
    );
    const result = stripped(event);
    expect(result).toEqual({
      id: eventHash(secret, '/test', 'f-1'),
      type: 'form.submitted',
      occurredAt: Date.parse('2026-03-02T10:00:00Z'),
      actor: 'human',
      data: { form: 'demo' },
    });
    expect(JSON.stringify(result)).not.toMatch(/ada|lovelace|1234567/i);
  });

  test('whatever a publisher puts into data, no address and no long text gets through', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(engagementTypes)),
        fc.dictionary(fc.string(), fc.oneof(fc.emailAddress(), fc.string({ maxLength: 200 }), fc.integer())),
        fc.emailAddress(),
        (type, extra, email) => {
          const fields = Object.fromEntries(
            Object.keys(engagementTypes[type as keyof typeof engagementTypes]).map((field) => [field, email]),
          );
          for (const data of [{ ...fields, ...extra }, extra]) {
            const parsed = parseJson({ specversion: '1.0', id: 'x', source: '/s', type, data: { ...data, who: { email } } });
            if (parsed.as !== 'engagement') continue;
            for (const value of Object.values(strip(parsed, { secret, nowAt }).data)) {
              if (typeof value === 'string') expect(looksLikeAddress(value) || value.length > 64).toBe(false);
            }
          }
        },
      ),
    );
  });

  test('a retraction names the event by the id it has in the history, whoever published it, and is nobody’s doing', () => {
    const click = stripped(eventOf('email.clicked', ada, {}, { id: 'click-1' }));
    const source = eventOf('email.clicked', ada, {}).source;
    const taken = stripped(eventOf('engagement.retracted', ada, { of: 'click-1', because: 'mail-gateway' }, { actor: 'human' }));
    expect(taken).toMatchObject({ actor: 'machine', data: { of: click.id, because: 'mail-gateway' } });
    const other = stripped({ ...eventOf('engagement.retracted', ada, { of: 'click-1', from: source, because: 'x' }), source: '/scanner' });
    expect(other.data).toEqual({ of: click.id, because: 'x' });
  });

  test('an id is the keyed hash of source and id: 11 characters, the same every time, another for another source', () => {
    const id = stripped(eventOf('email.opened', ada, {}, { id: '1' })).id;
    expect(id).toMatch(/^[A-Za-z0-9_-]{11}$/);
    expect(stripped(eventOf('email.opened', ada, {}, { id: '1' })).id).toBe(id);
    expect(stripped({ ...eventOf('email.opened', ada, {}, { id: '1' }), source: '/other' }).id).not.toBe(id);
  });

  test('an event from a clock that runs ahead happened when it reached us', () => {
    expect(stripped(eventOf('app.login', ada, {}, { time: '2099-01-01T00:00:00Z' })).occurredAt).toBe(nowAt);
    const { time: _, ...timeless } = eventOf('app.login', ada, {});
    expect(stripped(timeless).occurredAt).toBe(nowAt);
  });

  test("a page's query never reaches the lead", () => {
    expect(stripped(eventOf('page.viewed', ada, { path: '/pricing?email=ada@example.com#plans' })).data).toEqual({ path: '/pricing' });
    expect(faultOf(parseJson(eventOf('page.viewed', ada, { path: '/reset/ada@example.com' })))?.path).toBe('data.path');
  });

  test('an instant reaches the lead as epoch ms whatever its offset, a day as a day, and no other text at all', () => {
    const set = (endsAt: string) => eventOf('contract.set', ada, { contract: 'c-7', endsAt });
    expect(stripped(set('2026-12-24T10:00:00+01:00')).data).toEqual({ contract: 'c-7', endsAt: Date.UTC(2026, 11, 24, 9) });
    expect(stripped(set('2026-12-24')).data).toEqual({ contract: 'c-7', endsAt: '2026-12-24' });
    for (const text of ['24 December', '2026-02-30', '2026-12-24T10:00:00', '2026-12-24 by Ada', '1735034400000', ''])
      expect([text, faultOf(parseJson(set(text)))?.path]).toEqual([text, 'data.endsAt']);
    expect(stripped(eventOf('webinar.registered', ada, { webinar: 'spring' })).data).toEqual({ webinar: 'spring' });
  });

  test('the content of the mail is kept beside the data, the content downloaded is data', () => {
    expect(stripped(eventOf('email.clicked', ada, { link: 'pricing' }, { effect: 'e1.start.guide.1', content: 'guide' }))).toMatchObject({
      effect: 'e1.start.guide.1',
      content: 'guide',
      data: { link: 'pricing' },
    });
    const download = stripped(eventOf('content.downloaded', ada, { content: 'white-paper' }));
    expect(download).toMatchObject({ data: { content: 'white-paper' } });
    expect(download.content).toBeUndefined();
  });
});

describe('parsing', () => {
  test.each([
    ['no JSON at all', '{"specversion', 'event-malformed', undefined],
    ['a JSON text', '"hello"', 'event-malformed', undefined],
    ['null', 'null', 'event-malformed', undefined],
    ['another specversion', { ...eventOf('app.login', ada, {}), specversion: '0.3' }, 'event-malformed', 'specversion'],
    ['no id', { ...eventOf('app.login', ada, {}), id: '' }, 'event-malformed', 'id'],
    ['a time in words', { ...eventOf('app.login', ada, {}), time: 'yesterday' }, 'event-malformed', 'time'],
    ['an unknown type', { ...eventOf('app.login', ada, {}), type: 'email.sneezed' }, 'event-unknown-type', 'type'],
    ['nobody it is about', { ...eventOf('app.login', ada, {}), data: { who: {} } }, 'event-malformed', 'data.who'],
    [
      'a lead id that would change a subject',
      { ...eventOf('app.login', ada, {}), data: { who: { lead: 'a.*' } } },
      'event-malformed',
      'data.who.lead',
    ],
    [
      'a name the database refuses',
      { ...eventOf('app.login', ada, {}), data: { who: { email: 'a\0@b.c' } } },
      'event-malformed',
      'data.who.email',
    ],
    ['a missing field', { ...eventOf('form.submitted', ada, { form: 'x' }), data: { who: ada } }, 'event-malformed', 'data.form'],
    ['an address where a code belongs', eventOf('form.submitted', ada, { form: 'ada@example.com' }), 'event-malformed', 'data.form'],
    ['text where a code belongs', eventOf('form.submitted', ada, { form: 'x'.repeat(65) }), 'event-malformed', 'data.form'],
    ['a bounce of an unknown kind', eventOf('email.bounced', ada, { kind: 'odd' as 'hard' }), 'event-malformed', 'data.kind'],
    ['a document', { ...eventOf('app.login', ada, {}), data: { who: ada, blob: 'x'.repeat(70_000) } }, 'event-too-large', undefined],
  ])('%s is refused with code and path', (_, message, code, path) => {
    const fault = faultOf(parseEvent(bytes(message)));
    expect([fault?.code, fault?.path]).toEqual([code, path]);
    expect(fault?.says).toMatch(/\w{3}/);
  });

  test('nothing that can be sent makes the parser throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (data) => void parseEvent(data),
      ),
    );
    fc.assert(
      fc.property(
        fc.jsonValue(),
        (data) => void [parseJson({ specversion: '1.0', id: '1', source: 's', type: 'page.viewed', data }), surestIdentity({ data })],
      ),
    );
  });

  test('a changed profile becomes an input named by its version', () => {
    const parsed = parseJson({
      specversion: '1.0',
      id: '1',
      source: '/people',
      type: 'profile.changed',
      data: { leadId: 'ada', version: 3, traits: { industry: 'software' }, consent: { email: 'granted' } },
    });
    if (parsed.as !== 'internal') throw new Error(parsed.as);
    expect(parsed.leadId).toBe('ada');
    expect(parsed.input({ secret, nowAt })).toEqual({
      kind: 'profiled',
      id: 'p3',
      version: 3,
      occurredAt: nowAt,
      traits: { industry: 'software' },
      consent: { email: 'granted' },
    });
  });

  test('an enrolment asked for becomes a command under its own id, so that a repeat is the same command', () => {
    const ask = (commandId: string) =>
      parseJson({
        specversion: '1.0',
        id: '1',
        source: '/people',
        type: 'enrolment.asked',
        data: {
          leadId: 'ada',
          sequence: 'saas-trial',
          campaign: 'spring',
          stage: 'decision',
          by: 'import',
          because: 'list of March',
          commandId,
        },
      });
    const inputOf = (parsed: Parsed) => (parsed.as === 'internal' ? parsed.input({ secret, nowAt }) : undefined);
    expect(inputOf(ask('AbCdEfGh_-1'))).toEqual({
      kind: 'command',
      id: 'AbCdEfGh_-1',
      command: { word: 'enrol', sequence: 'saas-trial', campaign: 'spring', stage: 'decision' },
      by: 'import',
      because: 'list of March',
    });
    const long = inputOf(ask('8b9f1c1e-0a3e-4b1e-9d3c-2f6f1f1f1f1f'));
    expect(long?.id).toMatch(/^[A-Za-z0-9_-]{11}$/);
    expect(inputOf(ask('8b9f1c1e-0a3e-4b1e-9d3c-2f6f1f1f1f1f'))?.id).toBe(long?.id);
  });

  test('a replayed input gets an id that the lead has not seen', () => {
    const event = { id: 'aaaaaaaaaaa', type: 'app.login', occurredAt: 1, actor: 'human', data: {} };
    const parsed = parseJson({
      specversion: '1.0',
      id: '1',
      source: '/ripen/rejected',
      type: 'input.asked',
      data: { leadId: 'ada', input: { kind: 'engaged', id: 'aaaaaaaaaaa', event } },
    });
    const input = parsed.as === 'internal' ? parsed.input({ secret, nowAt }) : undefined;
    if (input?.kind !== 'engaged') throw new Error('no engaged input');
    expect(input.id).not.toBe('aaaaaaaaaaa');
    expect(input.event).toEqual({ ...event, id: input.id });
  });
});
