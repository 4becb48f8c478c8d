/** The engine's codes in the words people use (DESIGN section 2, last column); the compiler sees that none is missing. Knows no format. */
import type { Qualification, Stage } from '../../events/stripped';
import type { ProblemCode } from '../../events/problems';
import { problems } from '../../events/problems';
import type { FactOf, WithheldBecause } from '../core';
import { ruleId } from '../core/compiled-model';
import { stageRule, startingRule } from '../core/starting-rule';
import { idOfRef } from '../../events/projections/account';

/** Why a due message was not sent, to follow "not sent: ". */
export const withheldWords: Readonly<Record<WithheldBecause, string>> = {
  condition: 'its condition in the sequence said no',
  repeated: 'this person had the same content before',
  cap: 'the cap on messages per person was reached',
  'quiet-hours': 'it was night where the person is',
  suppressed: 'the person must not be contacted',
  consent: 'there is no consent to marketing messages',
  paused: 'the lead was paused',
  'hand-off': 'the person was with a sales rep',
  customer: 'the person is a customer already',
  'no-address': 'there is no address to send it to',
  'content-missing': 'its content is not published',
  'template-field-missing': 'its template names a field this person does not have',
  expired: 'the moment to send it had passed',
  stopped: 'all sending was stopped, or its campaign paused, for as long as it could go',
  unavailable: 'the mail server, or whatever else it needs, stayed away through all attempts',
  moved: 'the lead had moved on in the sequence',
  past: 'the date it belongs to had passed',
  holdout: 'the person is in the control group',
  'effect-unknown': 'nobody wrote the effect it runs',
  'effect-broken': 'its effect was given or gave back something that is not what it says',
};

/** A due message waits, to follow "waits because ". */
export const heldWords: Readonly<Record<FactOf<'TouchHeld'>['because'] | 'sending-stopped' | 'campaign-paused', string>> = {
  cap: 'the cap on messages per person is reached',
  'quiet-hours': 'it is night where the person is',
  'hand-off': 'the person is with a sales rep',
  paused: 'the lead is paused',
  unavailable: 'the mail server is away',
  'sending-stopped': 'all sending is stopped',
  'campaign-paused': 'its campaign is paused',
  priority: 'another message to this person is on its way',
  'local-time': "it goes out at a certain time of the person's day",
  profile: 'nothing is known about the person yet',
};

export const stageWords: Readonly<Record<Stage | 'none', string>> = {
  awareness: 'awareness',
  consideration: 'consideration',
  decision: 'decision',
  customer: 'customer',
  none: 'no stage yet',
};

/** Lifecycle stages. */
export const qualificationWords: Readonly<Record<Qualification, string>> = {
  suspect: 'suspect',
  lead: 'lead',
  mql: 'marketing qualified (MQL)',
  sql: 'sales qualified (SQL)',
  accepted: 'accepted by sales',
  opportunity: 'opportunity',
  customer: 'customer',
  recycled: 'back from sales',
  disqualified: 'disqualified',
};

/** Why somebody must not be contacted. */
const suppressionWords: Readonly<Record<string, string>> = {
  unsubscribed: 'unsubscribed',
  complained: 'marked a message as spam',
  bounced: 'the address does not take mail',
  operator: 'asked for by an operator',
};
/** Which cap took points. */
export const capWords = {
  day: 'cap per day',
  total: 'cap of the rule',
  group: 'cap of the group',
  model: 'cap of the whole score',
} as const;

export const suppressionWord = (because: string): string => suppressionWords[because] ?? spoken(because);

export const channelWord = (channel: string): string => (channel === 'all' ? 'every channel' : channel);

/** A reason from outside the engine's own list (a provider's code, an older release) as it may be read aloud. */
export const spoken = (code: string): string => (/\s/.test(code) ? code : code.replace(/[-_]/g, ' '));

export const withheldWord = (because: string): string =>
  Object.hasOwn(withheldWords, because) ? withheldWords[because as WithheldBecause] : spoken(because);
export const heldWord = (because: string): string =>
  Object.hasOwn(heldWords, because) ? heldWords[because as keyof typeof heldWords] : spoken(because);

/** A problem's meaning; the code itself where it is of another release. */
export const problemWord = (code: string): string => {
  const bare = code.replace(/ \(held\)$/, '');
  return Object.hasOwn(problems, bare) ? problems[bare as ProblemCode].means : spoken(code);
};

/** `saas-trial@2` of `saas-trial@2#0123456789ab`. */
export const versionOf = (ref: string): string => ref.split('#', 1)[0] ?? ref;
/** `saas-trial` of the same. */
export const nameOf = idOfRef;

/** `form.submitted` and its fields: `form.submitted (form demo)`. */
export function eventWord(type: string, data: Readonly<Record<string, unknown>> = {}): string {
  const fields = Object.entries(data).map(([field, value]) => `${field} ${String(value)}`);
  return fields.length === 0 ? type : `${type} (${fields.join(', ')})`;
}

/** Reads the core's sentences aloud: codes in brackets become words. */
export const inWords = (says: string): string =>
  says
    .replace(/\bheld \(([a-z-]+)\)/g, (_, code: string) => `held (${heldWord(code)})`)
    .replace(/\bqualification\b/g, 'lifecycle stage')
    .replace(/\((email|all): ([a-z-]+)\)/g, (_, channel: string, code: string) => `(${channelWord(channel)}: ${suppressionWord(code)})`);

/** Rules of a scoring model by their names; what everybody begins with has none in the model. */
export const ruleWord = (rule: string): string =>
  rule === startingRule ? 'starting points' : rule === stageRule ? 'starting points by stage' : ruleId(rule);
