import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artefactOf, refOf } from '../../events/digest';
import { decide, fold, initial } from '../../workflows/core';
import type { Fact, Input } from '../../workflows/core';
import { date } from '../../client/print';
import { publishedView } from '../../client/published';
import { asha, nowAt, ripen } from './fake-context';
import type { World } from './fake-context';
import { fits, published, world } from './small-world';

const hour = 3_600_000;
const day = 24 * hour;
type Row = { readonly at: number; readonly type: string; readonly message?: string; readonly as?: string; readonly because?: string };
const rowsOf = (json: Readonly<Record<string, unknown>>): readonly Row[] => json['ahead'] as readonly Row[];
const sentIn = (json: Readonly<Record<string, unknown>>): readonly (readonly [string | undefined, number])[] =>
  rowsOf(json).flatMap(({ as, message, at }) => (as === 'sent' ? [[message, at] as const] : []));

describe('a plan', () => {
  const piece = (id: string) => ({ id, version: 1, kind: 'guide', language: 'en', subject: id, template: id });
  const pieces = ['welcome', 'ebook', 'pricing'].map((id) => artefactOf('content', piece(id)));
  const shelves = [
    ...published,
    ...pieces.map(({ kind, id, version, digest, body }) => ({
      kind,
      ref: refOf(id, version, digest),
      publishedAt: 1,
      current: true,
      body,
    })),
  ];
  const view = publishedView(shelves);
  if (view === undefined) throw new Error('nothing is published in the small world');
  /** Enrolled two hours ago; the first mail is still with the provider. */
  const inputs: readonly Input[] = [
    { kind: 'profiled', id: 'p1', version: 1, occurredAt: 1, traits: { zone: 'Etc/UTC' }, consent: { email: 'granted' } },
    { kind: 'command', id: 'aaaaaaaaaaa', command: { word: 'enrol', sequence: 'buyers-journey' }, by: 'olga', because: '' },
  ];
  const facts = inputs.reduce<readonly Fact[]>(
    (all, input) => [...all, ...decide(view, fold(initial(asha.leadId), all), [input], nowAt - 2 * hour)],
    [],
  );
  const live: World = { ...world, facts, people: { published: () => ({ artefacts: shelves }) } };

  test('goes on from where the lead stands: what is on its way, what comes next, and how it ends', async () => {
    const { exit, json } = await ripen(live, 'plan', asha.leadId, '--json');
    expect(exit).toBe(0);
    expect(json).toMatchObject({ ok: true, lead: asha.leadId, from: nowAt, until: nowAt + 90 * day, sent: 2, notSent: 0 });
    expect(sentIn(json)).toEqual([
      ['welcome', nowAt],
      ['ebook', nowAt + 2 * day],
    ]);
    expect(rowsOf(json).map(({ type }) => type)).toEqual(['TouchSent', 'TouchSent', 'PlanExhausted', 'EnrolmentEnded', 'LeadRested']);
  });

  test('looks no further than it is asked to, and changes nothing', async () => {
    const { json, commands, published: sent } = await ripen(live, 'plan', asha.leadId, '--days', '1', '--json');
    expect(sentIn(json)).toHaveLength(1);
    expect([commands, sent]).toEqual([[], []]);
  });

  test('is a table for people, in their local time', async () => {
    const { out } = await ripen(live, 'plan', asha.leadId);
    fits(out);
    expect(out).toContain('Asha Rao <asha@orchard.example>, lead lead-asha, if nothing is done from now on (90 days ahead):');
    expect(out).toContain(`${date(nowAt + 2 * day)}    2  ebook    sent`);
    expect(out).toContain('2 messages sent, 0 due and not sent.');
  });

  test('says when nothing comes, and whose sequence is not published', async () => {
    const asleep = await ripen({ ...live, facts: [] }, 'plan', asha.leadId, '--days', '3');
    expect([asleep.exit, asleep.err]).toEqual([0, '']);
    expect(asleep.out).toContain('Nothing comes by itself.');
    const unknown = facts.map((fact) => (fact.type === 'Enrolled' ? { ...fact, sequence: 'gone@1#0123456789ab' } : fact));
    const gone = await ripen({ ...live, facts: unknown }, 'plan', asha.leadId);
    expect([gone.exit, gone.err]).toEqual([1, expect.stringContaining('gone@1#0123456789ab, which is not published here')]);
    expect(await ripen({ ...live, peopleAway: true }, 'plan', 'lead-asha')).toMatchObject({ exit: 1 });
  });
});

describe('a preview', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ripen-preview-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const monday = ['--at', '2026-03-02T10:00:00Z'];
  const mondayAt = Date.UTC(2026, 2, 2, 10);
  const preview = (...words: readonly string[]) => ripen({}, 'preview', ...words, ...monday, '--json');

  test('shows what somebody would be sent who only reads', async () => {
    const { exit, json } = await preview('buyers-journey', '--trait', 'zone=Etc/UTC', '--days', '12');
    expect(exit).toBe(0);
    expect(sentIn(json)).toEqual([
      ['welcome', mondayAt],
      ['how-to-guide', mondayAt + 3 * day],
      ['industry-infographic', mondayAt + 7 * day],
      ['ebook', mondayAt + 11 * day],
    ]);
  });

  test('goes the way of the events it is told, and says why something is not sent', async () => {
    const { json, out } = await preview(
      'trial-offer',
      ...['--event', '0 minutes: trial.started plan=team'],
      ...['--event', '3 hours: project.created'],
      ...['--event', '5 days: email.clicked touch=invite-team'],
      ...['--days', '30'],
    );
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(rowsOf(json).find(({ as }) => as === 'not sent')).toMatchObject({
      message: 'make-a-project',
      because: 'its condition in the sequence said no',
    });
    expect(rowsOf(json).filter(({ type }) => type === 'Enrolled')).toHaveLength(1);
    expect(sentIn(json).map(([message]) => message)).toContain('invite-team');
  });

  test('takes the person from a file, what is said on the line above it', async () => {
    const file = join(folder, 'ada.json');
    writeFileSync(file, JSON.stringify({ traits: { zone: 'Asia/Tokyo' }, consent: 'none' }));
    const { json } = await preview('buyers-journey', '--lead', file, '--days', '1');
    expect(rowsOf(json).find(({ message }) => message === 'welcome')).toMatchObject({
      as: 'not sent',
      because: 'there is no consent to marketing messages',
    });
    writeFileSync(file, JSON.stringify({ traits: { zone: 'Asia/Tokyo' } }));
    const tokyo = await preview('buyers-journey', '--lead', file, '--days', '1', '--event', '5 hours: app.login');
    expect(sentIn(tokyo.json)).toEqual([['welcome', mondayAt]]);
    const night = await ripen({}, 'preview', 'buyers-journey', '--lead', file, '--at', '2026-03-02T14:00:00Z', '--days', '1', '--json');
    expect(rowsOf(night.json).find(({ message }) => message === 'welcome')).toMatchObject({ as: 'waits' });
    const here = await ripen(
      {},
      'preview',
      'buyers-journey',
      '--lead',
      file,
      '--trait',
      'zone=Etc/UTC',
      '--at',
      '2026-03-02T14:00:00Z',
      '--days',
      '1',
      '--json',
    );
    expect(sentIn(here.json)).toEqual([['welcome', mondayAt + 4 * hour]]);
  });

  test('is a table that fits the page, with days counted from the entry', async () => {
    const { out } = await ripen({}, 'preview', 'buyers-journey', ...monday, '--event', '3 days: form.submitted form=demo');
    fits(out);
    expect(out).toMatch(/buyers-journey@1 from 0?2 Mar 2026/);
    expect(out).toMatch(/ 3 +how-to-guide +sent/);
    expect(out).toMatch(/Hand-off 1 asked for/);
  });

  test('of what there is not ends with 3', async () => {
    expect(await preview('nowhere')).toMatchObject({ exit: 3 });
    expect(await preview('buyers-journey', '--phase', 'lern')).toMatchObject({ exit: 3, err: expect.stringContaining('it has learn') });
    expect(await preview('buyers-journey@1')).toMatchObject({ exit: 0 });
  });

  test('is the same however often it is asked', async () => {
    const [first, second] = [await preview('trial-offer'), await preview('trial-offer')];
    expect(first.json).toEqual(second.json);
  });
});
