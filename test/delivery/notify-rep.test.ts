import { createAssignRep } from '../../activities/assign-rep';
import type { Renderer } from '../../activities/ports';
import { RepMailBroken } from '../../activities/ports';
import { aNote } from './sends';
import { address, grace, renderer, world } from './send-world';

describe('telling a rep', () => {
  test('a rep is told once, in a mail that says it is for a rep, and answers reach the person', async () => {
    const { notify, mailer } = world();
    expect([await notify(), await notify()]).toEqual([{ as: 'notified' }, { as: 'notified' }]);
    expect(mailer.mails).toHaveLength(1);
    expect(mailer.mails[0]).toMatchObject({
      to: grace.email,
      replyTo: address,
      headers: { 'X-Ripen-Rep': 'rep1', 'X-Ripen-Hand-Off': 'lead1/h1.offer.1' },
    });
    expect(mailer.mails[0]?.headers).not.toHaveProperty('X-Ripen-Touch');
  });

  test('consent of the lead does not matter to a mail for the rep', async () => {
    const { notify, ledger } = world();
    ledger.person('lead1', { address, consent: 'withdrawn', held: true });
    expect(await notify()).toEqual({ as: 'notified' });
  });

  test('a mail server that is away leaves it to be tried anew', async () => {
    const { notify, mailer } = world();
    mailer.fail(grace.email, 'away');
    expect(await notify()).toEqual({ as: 'unavailable', because: 'mail-server-away' });
    mailer.fail(grace.email, undefined);
    expect(await notify(aNote({ id: 'h1.offer.2' }))).toEqual({ as: 'notified' });
  });

  test('a rep who left, and a template that is gone, are reasons and no errors', async () => {
    expect(await world().notify(aNote({ rep: 'rep9' }))).toEqual({ as: 'unavailable', because: 'no-reps' });
    const broken: Renderer = { ...renderer, renderForRep: () => Promise.reject(new RepMailBroken('gone')) };
    expect(await world({ renderer: broken }).notify()).toEqual({ as: 'unavailable', because: 'content-missing' });
  });
});

test('a hand-off goes to whom the people store names, or is unavailable while there is nobody', async () => {
  const free = { brake: { holds: () => Promise.resolve(false) }, now: () => 7 };
  const effect = { type: 'AssignRep', id: 'h1.assign.1', handOff: 1, rule: 'scored', not: [], contactBy: 1 } as const;
  expect(await createAssignRep({ ...free, people: { assign: () => Promise.resolve(grace) } })({ leadId: 'lead1', effect })).toEqual({
    as: 'assigned',
    rep: 'rep1',
  });
  expect(await createAssignRep({ ...free, people: { assign: () => Promise.resolve(undefined) } })({ leadId: 'lead1', effect })).toEqual({
    as: 'unavailable',
    because: 'no-reps',
  });
});
