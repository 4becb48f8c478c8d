/** The demo's people are the same people every time, and among them is every kind the engine must meet. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { bouncesAtDoor, characterOf, characters, deedsFor, greylists, type Deed } from '../../worker/demo/people';
import { reps, sayingsFor } from '../../worker/demo/reps';
import { shipped } from '../../workflows/paths';

const text = readFileSync(shipped('worker', 'demo', 'list.csv'), 'utf8');
const addresses = (parse(text, { bom: true, relaxColumnCount: true, skipEmptyLines: true }) as string[][])
  .map((row) => (row[0] ?? '').trim().toLowerCase())
  .filter((mail) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(mail));
const contents = [
  'welcome',
  'how-to-guide',
  'ebook',
  'white-paper',
  'pricing',
  'demo-invite',
  'trial-invite',
  'first-login',
  'make-a-project',
  'invite-team',
  'ends-soon',
];
const seed = 7;

const life = (of: number, address: string): readonly (readonly Deed[])[] =>
  contents.map((content, n) => deedsFor(of, { address, content, nth: n + 1 }));
const doings = (deeds: readonly (readonly Deed[])[]): readonly string[] =>
  deeds.flat().map((deed) => (deed.by === 'event' ? deed.event.type : deed.by));
const everyone = (): readonly string[] => addresses.flatMap((address) => doings(life(seed, address)));

describe('the demo people', () => {
  it('do the same for the same seed, whatever order their mails come in', () => {
    const forwards = addresses.map((address) => life(seed, address));
    const backwards = addresses
      .toReversed()
      .map((address) => life(seed, address))
      .toReversed();
    expect(backwards).toEqual(forwards);
  });

  it('do otherwise for another seed', () => {
    expect(addresses.map((address) => life(8, address))).not.toEqual(addresses.map((address) => life(seed, address)));
  });

  it('have characters whose shares sum to the whole', () => {
    expect(Object.values(characters).reduce((sum, percent) => sum + percent, 0)).toBe(100);
  });

  it.each(Object.keys(characters))('have someone %s among them', (character) => {
    expect(addresses.filter((address) => characterOf(seed, address) === character).length).toBeGreaterThanOrEqual(1);
  });

  it.each([
    'email.opened',
    'email.clicked',
    'page.viewed',
    'content.downloaded',
    'form.submitted',
    'trial.started',
    'project.created',
    'teammate.invited',
    'email.unsubscribed',
    'email.complained',
    'email.bounced',
    'email.replied',
    'subscription.started',
    'link',
    'one-click',
  ])('among them do %s', (what) => {
    expect(everyone()).toContain(what);
  });

  it('who are silent do nothing that counts as human', () => {
    const silent = addresses.filter((address) => characterOf(seed, address) === 'silent');
    const deeds = silent.flatMap((address) => life(seed, address).flat());
    expect(deeds.filter((deed) => deed.by !== 'event' || deed.event.actor !== 'machine')).toEqual([]);
  });

  it('who bounce are refused at the door or returned, and some servers greylist', () => {
    const bouncers = addresses.filter((address) => characterOf(seed, address) === 'bouncer');
    const atDoor = bouncers.filter((address) => bouncesAtDoor(seed, address));
    expect(atDoor.length).toBeGreaterThanOrEqual(1);
    expect(bouncers.length - atDoor.length).toBeGreaterThanOrEqual(1);
    expect(addresses.filter((address) => greylists(seed, address)).length).toBeGreaterThanOrEqual(1);
  });

  it('never act before the mail came', () => {
    expect(addresses.flatMap((address) => life(seed, address).flat()).filter((deed) => deed.afterMs < 0)).toEqual([]);
  });
});

describe('the demo reps', () => {
  const all = reps.map((rep) => addresses.map((address) => sayingsFor(seed, rep, `${address}/1`)));
  const [ana = [], , chidi = [], dana = []] = all;
  const share = (sayings: readonly (readonly { readonly word: string }[])[], word: string): number =>
    sayings.filter((said) => said.some((one) => one.word === word)).length / sayings.length;

  it('are four, and say the same for the same seed', () => {
    expect(reps).toHaveLength(4);
    expect(reps.map((rep) => addresses.map((address) => sayingsFor(seed, rep, `${address}/1`)))).toEqual(all);
  });

  it('have one who answers too late, a day and more', () => {
    expect(Math.min(...chidi.map(([first]) => first?.afterMs ?? 0))).toBeGreaterThan(24 * 3_600_000);
    expect(Math.max(...ana.map(([first]) => first?.afterMs ?? 0))).toBeLessThan(4 * 3_600_000);
  });

  it('have one who rejects far more than the others', () => {
    expect(share(dana, 'reject')).toBeGreaterThan(0.3);
    expect(share(ana, 'reject')).toBeLessThan(0.15);
  });

  it('accept before they contact, and contact before they close', () => {
    for (const said of all.flat())
      expect(said.map(({ afterMs }) => afterMs)).toEqual(said.map(({ afterMs }) => afterMs).toSorted((a, b) => a - b));
  });
});
