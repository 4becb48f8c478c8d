/** What every `People` does, on Postgres and in memory. */
import { verifyUnsubscribe } from '../../activities/people/tokens';
import type { People } from '../../activities/ports';
import type { AssignRep } from '../../workflows/core/effects';
import { secret } from './secret';

export type PeopleHarness = {
  readonly people: People;
  /** Ada Lovelace of Engines, London, consented. Returns her lead id. */
  addAda(): Promise<string>;
  /** Came by a friend: the list says so in a column of its own. */
  addFriend(referredBy: string): Promise<string>;
  addRep(name: string): Promise<string>;
  setRepActive(id: string, active: boolean): Promise<void>;
  erase(leadId: string): Promise<void>;
  held(leadId: string): Promise<boolean>;
};

const offer = (handOff: number, not: readonly string[] = []): AssignRep => ({
  type: 'AssignRep',
  id: `h${handOff}.assign.1`,
  handOff,
  rule: 'scored',
  not,
  contactBy: 2_000,
});

export function peopleContract(open: () => Promise<PeopleHarness>): void {
  let harness: PeopleHarness;
  beforeEach(async () => {
    harness = await open();
  });
  const turn = async (leadId: string, handOff: number, not: readonly string[] = []): Promise<string | undefined> =>
    (await harness.people.assign(leadId, offer(handOff, not)))?.name;

  test('a template may use what is known of the person and nothing that is not', async () => {
    const leadId = await harness.addAda();
    const to = await harness.people.addressee(leadId);
    expect(to).toMatchObject({ leadId, email: 'ada@engines.example', zone: 'Europe/London' });
    expect(to?.person).toEqual({
      firstName: 'Ada', lastName: 'Lovelace', name: 'Ada Lovelace', company: 'Engines', title: 'Owner', role: 'Owner', email: 'ada@engines.example', country: 'GB',
    }); // prettier-ignore
  });

  test('the unsubscribe token of a person leads back to them', async () => {
    const leadId = await harness.addAda();
    expect(verifyUnsubscribe(secret, (await harness.people.addressee(leadId))?.unsubscribeToken ?? '')).toMatchObject({ leadId });
  });

  test('the coded profile has a version, codes and consent', async () => {
    const leadId = await harness.addAda();
    expect(await harness.people.profile(leadId)).toMatchObject({
      version: 1,
      traits: { seniority: 'owner', country: 'GB', zone: 'Europe/London' },
      consent: { email: 'granted' },
    });
  });

  test('nobody knows a stranger', async () => {
    const { people } = harness;
    expect([await people.addressee('ld_nobody'), await people.profile('ld_nobody'), await people.erased('ld_nobody'), await people.rep('rep_nobody')]).toEqual([
      undefined, undefined, false, undefined,
    ]); // prettier-ignore
  });

  test('of the erased only that is known', async () => {
    const leadId = await harness.addAda();
    await harness.erase(leadId);
    const { people } = harness;
    expect([await people.addressee(leadId), await people.profile(leadId), await people.erased(leadId)]).toEqual([
      undefined,
      undefined,
      true,
    ]);
  });

  test('reps take turns', async () => {
    for (const name of ['Rosa', 'Sam', 'Tara']) await harness.addRep(name);
    const names: (string | undefined)[] = [];
    for (let n = 1; n <= 6; n++) names.push(await turn(`ld_${n}`, 1));
    expect(new Set(names.slice(0, 3))).toEqual(new Set(['Rosa', 'Sam', 'Tara']));
    expect(names.slice(3)).toEqual(names.slice(0, 3));
  });

  test('asked again for the same hand-off, the same rep is answered and nobody loses a turn', async () => {
    for (const name of ['Rosa', 'Sam']) await harness.addRep(name);
    const first = await turn('ld_1', 1);
    expect([await turn('ld_1', 1), await turn('ld_1', 1)]).toEqual([first, first]);
    expect(await turn('ld_2', 1)).not.toBe(first);
  });

  test('a rep who let it go is passed over, and the next keeps it', async () => {
    const rosa = await harness.addRep('Rosa');
    await harness.addRep('Sam');
    const first = await harness.people.assign('ld_1', offer(1));
    const second = await harness.people.assign('ld_1', offer(1, [first?.id ?? '']));
    expect(second?.id).not.toBe(first?.id);
    expect(await harness.people.assign('ld_1', offer(1, [first?.id ?? '']))).toEqual(second);
    expect([first?.id, second?.id]).toContain(rosa);
  });

  test('when everybody let it go, or nobody is there, nobody has it', async () => {
    expect(await turn('ld_1', 1)).toBeUndefined();
    const rosa = await harness.addRep('Rosa');
    expect(await turn('ld_1', 1, [rosa])).toBeUndefined();
    expect(await turn('ld_1', 1)).toBe('Rosa');
  });

  test('a rep who left gets nothing, not even what was theirs', async () => {
    const rosa = await harness.addRep('Rosa');
    expect(await turn('ld_1', 1)).toBe('Rosa');
    await harness.setRepActive(rosa, false);
    expect(await turn('ld_1', 1)).toBeUndefined();
    await harness.addRep('Sam');
    expect(await turn('ld_1', 1)).toBe('Sam');
    expect(await harness.people.rep(rosa)).toEqual({ id: rosa, name: 'Rosa', email: 'rosa@sales.example' });
  });

  test('the rep of the newest hand-off has the person, as long as the rep is there', async () => {
    const { people } = harness;
    const [rosa] = [await harness.addRep('Rosa'), await harness.addRep('Sam')];
    expect(await people.owner('ld_1')).toBeUndefined();
    const [first, second] = [await turn('ld_1', 1), await turn('ld_1', 2)];
    expect(second).not.toBe(first);
    expect((await people.owner('ld_1'))?.name).toBe(second);
    await harness.setRepActive(rosa, false);
    expect((await people.owner('ld_1'))?.name).not.toBe('Rosa');
    expect(await people.owner('ld_2')).toBeUndefined();
  });

  test('who referred a person is the lead their profile names, or the one who is asked for', async () => {
    const ada = await harness.addAda();
    const [friend, stranger] = [await harness.addFriend('ada@engines.example'), await harness.addFriend('nobody@engines.example')];
    const { people } = harness;
    expect(await people.referrer(friend)).toEqual({ leadId: ada, name: 'Ada Lovelace' });
    expect(await people.referrer(stranger)).toBeUndefined();
    expect((await people.referrer(stranger, ada))?.leadId).toBe(ada);
    expect((await people.referrer(stranger, friend))?.leadId).toBe(friend);
  });

  test('nobody referred themselves, and the erased refer nobody', async () => {
    const ada = await harness.addAda();
    const friend = await harness.addFriend('ada@engines.example');
    expect(await harness.people.referrer(ada, ada)).toBeUndefined();
    await harness.erase(ada);
    expect(await harness.people.referrer(friend)).toBeUndefined();
  });

  test('a turn that brings no hand-off is a turn all the same', async () => {
    for (const name of ['Rosa', 'Sam']) await harness.addRep(name);
    const first = (await harness.people.nextRep())?.name;
    const second = await turn('ld_1', 1);
    expect(new Set([first, second])).toEqual(new Set(['Rosa', 'Sam']));
    expect((await harness.people.nextRep())?.name).toBe(first);
    expect(await harness.people.owner('ld_2')).toBeUndefined();
  });

  test('a hold is set and lifted', async () => {
    const leadId = await harness.addAda();
    await harness.people.hold(leadId, true);
    expect(await harness.held(leadId)).toBe(true);
    await harness.people.hold(leadId, false);
    expect(await harness.held(leadId)).toBe(false);
  });
}
