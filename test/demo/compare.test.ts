/** The log is held against the mail server: every way in which they can differ is found and said. */
import type { StoredDecision } from '../../activities/ports';
import type { Fact } from '../../workflows/core';
import { compare, toldBy } from '../../worker/demo/compare';
import type { Mail } from '../../worker/demo/receiver';

type WithoutStamp<F> = F extends unknown ? Omit<F, 'v' | 'occurredAt' | 'recordedAt'> : never;
const decisions = (facts: readonly WithoutStamp<Fact>[], lead = 'ada'): readonly StoredDecision[] => [
  {
    seq: 1,
    digest: 'd',
    decision: {
      v: 1,
      lead,
      n: 1,
      prev: '',
      run: 'r',
      at: 1,
      consumed: [],
      facts: facts.map((fact) => ({ v: 1, occurredAt: 1, recordedAt: 1, ...fact }) as Fact),
    },
  },
];
const sent = (effect: string, content: string): WithoutStamp<Fact> => ({
  type: 'TouchSent',
  effect,
  enrolment: 'e1',
  touch: 't',
  content: `${content}@1#00`,
  purpose: 'marketing',
});
const mail = (over: Partial<Mail> = {}): Mail => ({
  messageId: '<1@ripen>',
  leadId: 'ada',
  effect: 'e1.a.welcome.1',
  content: 'welcome@1#00',
  to: 'ada@example.org',
  subject: '',
  links: [],
  oneClick: true,
  receivedAt: 1,
  file: '',
  ...over,
});
const offer = mail({ messageId: '<r@ripen>', rep: 'r1', effect: 'h1.offer.1', content: undefined, to: 'ana@sales.example' });
const told = toldBy(
  decisions([sent('e1.a.welcome.1', 'welcome'), { type: 'RepNotified', handOff: 1, effect: 'h1.offer.1', what: 'offer' }]),
);

describe('the comparison', () => {
  it('is content when both hold the same', () => {
    expect(compare(told, [mail(), offer])).toEqual({ received: 1, duplicates: 0, toReps: 1, differences: [] });
  });

  it.each<[string, readonly Mail[], RegExp]>([
    ['a mail that the server never got', [offer], /1 sent by the log.*ada\/e1\.a\.welcome\.1/],
    [
      'a mail the log knows nothing of',
      [mail(), offer, mail({ messageId: '<2@ripen>', effect: 'e1.a.guide.1', content: 'guide@1#00' })],
      /does not know: ada\/e1\.a\.guide\.1/,
    ],
    ['a mail to a rep that never came', [mail()], /told to a rep/],
    [
      'a mail to a rep nobody decided',
      [mail(), offer, mail({ messageId: '<s@ripen>', rep: 'r1', effect: 'h1.reminder.2' })],
      /held for a rep/,
    ],
    ['one Message-ID twice', [mail(), mail(), offer], /twice under one Message-ID: <1@ripen>/],
    [
      'one content twice to one address under other ids',
      [mail(), mail({ messageId: '<3@ripen>' }), offer],
      /twice to one address: welcome to ada@example\.org/,
    ],
    ['a mail without a Message-ID', [mail({ messageId: '' }), offer], /without a Message-ID/],
  ])('names %s', (_, mails, says) => {
    expect(compare(told, mails).differences.join('\n')).toMatch(says);
  });

  it('counts what is twice', () => {
    expect(compare(told, [mail(), mail(), mail(), offer]).duplicates).toBe(2);
  });

  it('names what is uncertain, until it is settled', () => {
    const uncertain: WithoutStamp<Fact> = {
      type: 'TouchUncertain',
      effect: 'e1.a.guide.1',
      enrolment: 'e1',
      touch: 'guide',
      content: 'guide@1#00',
      because: 'gone',
    };
    expect(compare(toldBy(decisions([uncertain])), []).differences).toEqual(['1 uncertain: ada/e1.a.guide.1']);
    expect(
      compare(toldBy(decisions([uncertain, { type: 'UncertainSettled', effect: 'e1.a.guide.1', sent: false, by: 'op' }])), []).differences,
    ).toEqual([]);
  });

  it('counts the clocks of reps that ran out, by clock', () => {
    const breach = (clock: 'accept' | 'contact'): WithoutStamp<Fact> => ({ type: 'HandOffBreached', handOff: 1, clock });
    expect(toldBy(decisions([breach('accept'), breach('contact'), breach('accept')])).breached).toEqual({ accept: 2, contact: 1 });
  });
});
