/** How a send ends, and what each end means for the touch and the person. */
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { changed, confirming, daily } from './plans';

const { ada, ben } = people;
const day = 86_400_000;
const hour = 3_600_000;

describe('how a send ends', () => {
  const begun = (settings = {}) =>
    given(publish({ plans: [daily], settings }), ada.leadId)
      .profile(ada.traits)
      .command({ word: 'enrol', sequence: 'daily' });

  test('sent: its content and version are remembered', () => {
    const tale = begun().outcome('e1.start.one.1', { as: 'sent', content: 'one@3#abc' });
    expect(tale.last()).toEqual([expect.objectContaining({ type: 'TouchSent', content: 'one@3#abc', purpose: 'marketing', touch: 'one' })]);
    expect(tale.effects()).toEqual([]);
  });

  test('an outcome told twice changes nothing the second time', () => {
    const tale = begun()
      .outcome('e1.start.one.1', { as: 'sent', content: 'one@3#abc' })
      .outcome('e1.start.one.1', { as: 'sent', content: 'one@3#abc' });
    expect(tale.last()).toEqual([]);
  });

  test('unavailable: planned anew after the setting, under a new id and the same key, then given up', () => {
    const tale = begun().outcome('e1.start.one.1', { as: 'unavailable', because: 'mail-deferred' });
    expect(tale.last()).toEqual([expect.objectContaining({ type: 'TouchUnavailable', retryAt: monday + hour })]);
    expect(tale.after('1 hour').sends()).toEqual([expect.objectContaining({ id: 'e1.start.one.2', touchKey: 'e1.start.one' })]);
    tale
      .outcome('e1.start.one.2', { as: 'unavailable', because: 'mail-deferred' })
      .after('1 hour')
      .outcome('e1.start.one.3', { as: 'unavailable', because: 'mail-deferred' });
    expect(tale.last()).toEqual([expect.objectContaining({ type: 'TouchWithheld', because: 'unavailable' })]);
    expect(tale.wake()).toBe(monday + 2 * hour + day);
  });

  test.each(['mail-server-away', 'sender-at-fault'])('%s is no fault of the message: it waits however long that lasts', (because) => {
    const tale = begun();
    for (let attempt = 1; attempt <= 9; attempt += 1)
      tale.outcome(`e1.start.one.${attempt}`, { as: 'unavailable', because }).after('1 hour');
    expect(tale.factsOf('TouchWithheld')).toEqual([]);
    expect(tale.sends()).toEqual([expect.objectContaining({ id: 'e1.start.one.10', touchKey: 'e1.start.one' })]);
  });

  test.each(['sending-stopped', 'campaign-paused'])('%s: looked at every hour, and said', (because) => {
    const tale = begun().outcome('e1.start.one.1', { as: 'unavailable', because });
    expect(tale.last()).toEqual([expect.objectContaining({ type: 'TouchUnavailable', because, retryAt: monday + hour })]);
    expect(tale.state().enrolments['e1']?.heldBecause).toBe(because);
    for (let attempt = 2; attempt <= 9; attempt += 1)
      tale.after('1 hour').outcome(`e1.start.one.${attempt}`, { as: 'unavailable', because });
    expect(tale.after('1 hour').sends()).toEqual([expect.objectContaining({ id: 'e1.start.one.10' })]);
  });

  test('expired: planned anew, and nobody counts it as a failure', () => {
    const tale = begun();
    for (let attempt = 1; attempt <= 6; attempt += 1) tale.outcome(`e1.start.one.${attempt}`, { as: 'withheld', because: 'expired' });
    expect(tale.sends().map(({ id }) => id)).toEqual(['e1.start.one.7']);
  });

  test('withheld by the ledger or the renderer: with their reason', () => {
    expect(begun().outcome('e1.start.one.1', { as: 'withheld', because: 'no-address' }).last()).toEqual([
      expect.objectContaining({ type: 'TouchWithheld', because: 'no-address', effect: 'e1.start.one.1' }),
    ]);
  });

  test('refused for ever: nothing is sent on that channel again', () => {
    const tale = begun().outcome('e1.start.one.1', { as: 'refused', because: '550 5.1.1', permanent: true });
    expect(tale.factsOf('Suppressed')).toEqual([expect.objectContaining({ channel: 'email', because: 'bounced' })]);
    expect(tale.factsOf('EnrolmentEnded').length).toBe(1);
  });

  test('uncertain: a late result settles it', () => {
    const tale = begun()
      .outcome('e1.start.one.1', { as: 'uncertain', because: 'lease ended' })
      .outcome('e1.start.one.1', { as: 'sent', content: 'one@1#c1' });
    expect(tale.last()).toEqual([expect.objectContaining({ type: 'UncertainSettled', sent: true, by: 'provider' })]);
    expect(tale.state().uncertain).toEqual([]);
  });

  test('uncertain: an operator settles it, and content that was not sent leaves the memory', () => {
    const tale = given(publish({ plans: [daily, changed(daily, { id: 'other' })] }), ben.leadId)
      .profile(ben.traits, { email: 'granted' })
      .command({ word: 'enrol', sequence: 'daily' })
      .until(monday + 5 * hour, { hold: true });
    tale
      .outcome('e1.start.one.1', { as: 'uncertain', because: 'lease ended' })
      .command({ word: 'settle', effect: 'e1.start.one.1', sent: false })
      .command({ word: 'enrol', sequence: 'other' });
    expect(tale.factsOf('UncertainSettled')).toEqual([expect.objectContaining({ sent: false, by: 'olga' })]);
    expect(tale.sends().map(({ id }) => id)).toEqual(['e2.start.one.1']);
  });

  test('an end that is none of a send is refused by the core', () => {
    expect(() => begun().outcome('e1.start.one.1', { as: 'assigned', rep: 'rep-rosa' })).toThrow('a send cannot end as assigned');
  });

  test('a result after the enrolment moved on is told, and moves nothing', () => {
    const tale = given(publish({ plans: [confirming] }), ada.leadId)
      .command({ word: 'enrol', sequence: 'confirming' })
      .command({ word: 'end', enrolment: 'e1' });
    expect(tale.sends().map(({ id }) => id)).toEqual(['e1.start.confirm.1']);
    tale.outcome('e1.start.confirm.1', { as: 'unavailable', because: 'mail-server-away' });
    expect(tale.last()).toEqual([expect.objectContaining({ type: 'TouchWithheld', because: 'moved' })]);
    expect(tale.sends()).toEqual([]);
  });
});
