/** The words of a tale that make something happen: to time, to the person, by the person. Knows no expectation. */
import type { Code, Traits } from '../../events/stripped';
import type { Names } from '../core/define-sequence';
import { msOf } from '../core/time';
import { instantOf, spoken } from './moments';
import type { Teller } from './teller';
import type { Deeds, Told } from './words';

type Person = Pick<
  Deeds<Names, void>,
  'at' | 'after' | 'person' | 'lead' | 'enters' | 'becomes' | 'dateMoves' | 'consents' | 'withdrawsConsent'
>;
type Events = Pick<Deeds<Names, void>, 'does' | 'clicks' | 'opens' | 'replies' | 'unsubscribes' | 'complains' | 'bounces'>;
type Consent = 'granted' | 'withdrawn' | 'none';

export function personDeeds(teller: Teller): Person {
  const profile = (traits: Traits, email: Consent): void => {
    const state = teller.scene().state();
    const version = state.profileVersion + 1;
    const occurredAt = teller.scene().now();
    teller.give(() => ({ kind: 'profiled', id: `p${version}`, version, occurredAt, traits, consent: { ...state.consent, email } }));
  };
  const consented = (): Consent => teller.scene().state().consent.email ?? 'granted';
  const words: Person = {
    at(moment, zone = teller.zone()) {
      const at = instantOf(moment, zone);
      teller.useZone(zone);
      if (!teller.begun()) return teller.begin(at);
      const now = teller.scene().now();
      if (at < now) teller.fail(`It is ${spoken(now, zone)} in the tale already; it cannot go back to ${spoken(at, zone)}.`);
      teller.scene().pass(at);
    },
    after: (span) => teller.scene().pass(teller.scene().now() + msOf(span)),
    person: (traits = {}, consent = 'granted') => profile(traits, consent),
    lead(traits = {}, entry) {
      words.person(traits);
      words.enters(undefined, entry);
    },
    enters: (sequence = `${teller.plan.id}@${teller.plan.version}`, entry = {}) =>
      teller.command({ word: 'enrol', sequence, ...entry }, 'a marketer'),
    becomes: (traits, consent = consented()) => profile(known({ ...teller.scene().state().traits, ...traits }), consent),
    dateMoves(field, moment) {
      instantOf(moment, teller.zone());
      words.becomes({ [field]: moment });
    },
    consents: () => profile(teller.scene().state().traits, 'granted'),
    withdrawsConsent: () => profile(teller.scene().state().traits, 'withdrawn'),
  };
  return words;
}

const known = (traits: Traits): Traits => Object.fromEntries(Object.entries(traits).filter(([, code]) => code !== undefined));

export function eventDeeds(teller: Teller): Events {
  const event = (type: string, data: Readonly<Record<string, Code>>, { ago, at, by = 'human' }: Told, mail: object): void => {
    const now = teller.scene().now();
    const occurredAt = at !== undefined ? instantOf(at, teller.zone()) : now - (ago === undefined ? 0 : msOf(ago));
    if (occurredAt > now) teller.fail(`${type} is told to happen on ${spoken(occurredAt, teller.zone())}, which is still to come.`);
    teller.give((id) => ({ kind: 'engaged', id, event: { id, type, occurredAt, actor: by, data, ...mail } }));
  };
  const inMail = (type: string, touch: string | undefined, data: Readonly<Record<string, Code>> = {}, told: Told = {}): void => {
    const mail = teller.mailOf(touch);
    if (mail !== undefined) return event(type, data, told, { effect: mail.effect, content: mail.content });
    teller.fail(
      touch === undefined
        ? `No mail was sent yet, so there is none for ${type}.`
        : `"${touch}" was never sent, so there is no ${type} in it.`,
    );
  };
  return {
    does(type, ...[fields, { mail, ...told } = {}]) {
      const data = (fields ?? {}) as Readonly<Record<string, Code>>;
      if (mail === undefined) event(type, data, told, {});
      else inMail(type, mail, data, told);
    },
    clicks: (touch, { link, ...told } = {}) => inMail('email.clicked', touch, link === undefined ? {} : { link }, told),
    opens: (touch, told) => inMail('email.opened', touch, {}, told),
    replies: (touch, told) => inMail('email.replied', touch, {}, told),
    unsubscribes: (touch, told) => inMail('email.unsubscribed', touch, {}, told),
    complains: (touch, told) => inMail('email.complained', touch, {}, told),
    bounces: (touch, kind = 'hard') => inMail('email.bounced', touch, { kind }, { by: 'machine' }),
  };
}
