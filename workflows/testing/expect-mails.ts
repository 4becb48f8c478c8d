/** What is to be true of the mails of a tale: what was sent, when, and what never. Knows no deed. */
import type { FactOf } from '../core';
import type { Names } from '../core/define-sequence';
import { dayMs } from '../core/time';
import { withheldWord } from '../speech/words';
import { spoken } from './moments';
import type { Teller } from './teller';
import { listed, whyNot } from './why-not';
import type { Expectations } from './words';

type OfMails = Pick<Expectations<Names, void>, 'receives' | 'receivesNothing' | 'hasReceived' | 'received' | 'neverReceives' | 'isNotSent'>;

/** `vow`: is to hold after every later word, too. */
export function mailExpectations(teller: Teller, vow: (check: () => void) => void): OfMails {
  const recent = (): readonly string[] =>
    teller
      .scene()
      .recent()
      .flatMap((fact) => (fact.type === 'TouchSent' ? [fact.touch] : []));
  const sentOf = (touch: string): readonly FactOf<'TouchSent'>[] =>
    teller
      .scene()
      .facts()
      .filter((fact): fact is FactOf<'TouchSent'> => fact.type === 'TouchSent' && fact.touch === touch);
  const when = (at: number): string => spoken(at, teller.zone());
  const dayOf = (at: number): number => Math.floor((at - teller.startAt()) / dayMs);

  return {
    receives(touch) {
      if (recent().includes(touch)) return;
      const before = sentOf(touch).at(-1);
      teller.fail(
        `The lead was to receive "${touch}", but ${
          before !== undefined ? `that was sent on ${when(before.recordedAt)}, before time was last moved` : whyNot(teller, touch)
        }. Since time was last moved: ${listed(recent())}.`,
      );
    },
    receivesNothing() {
      if (recent().length > 0) teller.fail(`The lead was to receive nothing since time was last moved, but was sent ${listed(recent())}.`);
    },
    hasReceived(touch, { onDay } = {}) {
      const sent = sentOf(touch);
      if (sent.length === 0) teller.fail(`The lead was to have received "${touch}", but ${whyNot(teller, touch)}.`);
      if (onDay === undefined || sent.some(({ recordedAt }) => dayOf(recordedAt) === onDay)) return;
      teller.fail(
        `"${touch}" was to be sent on day ${onDay} of the tale, but was sent on day ${sent.map(({ recordedAt }) => dayOf(recordedAt)).join(', ')}.`,
      );
    },
    received(touches) {
      const sent = teller.sent();
      if (sent.length === touches.length && sent.every((touch, at) => touch === touches[at])) return;
      teller.fail(`The lead was to have received ${listed(touches)}\nbut was sent ${listed(sent)}.`);
    },
    neverReceives(touch) {
      vow(() => {
        const [sent] = sentOf(touch);
        if (sent !== undefined) teller.fail(`The lead was never to receive "${touch}", but it was sent on ${when(sent.recordedAt)}.`);
      });
    },
    isNotSent(touch, because) {
      const withheld = teller
        .scene()
        .facts()
        .filter((fact): fact is FactOf<'TouchWithheld'> => fact.type === 'TouchWithheld' && fact.touch === touch);
      if (withheld.some((fact) => because === undefined || fact.because === because)) return;
      const [first] = withheld;
      teller.fail(
        first === undefined
          ? `"${touch}" was to be due and not sent, but ${sentOf(touch).length > 0 ? 'it was sent' : whyNot(teller, touch)}.`
          : `"${touch}" was not to be sent because ${withheldWord(because ?? '')}, but the reason was that ${withheldWord(first.because)}.`,
      );
    },
  };
}
