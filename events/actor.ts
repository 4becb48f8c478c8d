/** Who caused an event: a person, a machine (scanner, proxy, gateway), or nobody can say. Knows no lead; the verdict is stored with its reasons. */
import { isbot } from 'isbot';
import type { PublishedActor } from './stripped';

/** Grows when a rule below changes, so that stored verdicts can be told apart. */
export const actorRules = 1;
export type Verdict = { readonly actor: PublishedActor; readonly because: string; readonly rules: number };

/** Reports by providers and our own systems; no act of the lead. */
const reports: ReadonlySet<string> = new Set(['email.delivered', 'email.bounced']);
/** Fetched by browsers and scanners alike: the user agent decides. */
const fetched: ReadonlySet<string> = new Set(['email.clicked', 'page.viewed', 'content.downloaded']);

/** Mail gateways and prefetchers that fetch pixels unseen. Apple's privacy proxy sends exactly `Mozilla/5.0`. */
const openMachines: readonly (readonly [RegExp, string])[] = [
  [/^Mozilla\/5\.0$/, 'apple-privacy-proxy'],
  [/barracuda|proofpoint|mimecast|symantec|trendmicro|ironport|fireeye|forcepoint/i, 'mail-gateway'],
  [/python-requests|curl\/|wget\/|go-http-client|okhttp|headlesschrome/i, 'script'],
];

const verdict = (actor: PublishedActor, because: string): Verdict => ({ actor, because, rules: actorRules });

/**
 * `given` is what the publisher knows and wins. Opens stay `unknown` even from a person's browser or the Gmail and Yahoo image proxies,
 * which isbot calls bots although a person usually opened: an open alone proves nothing.
 */
export function classifyActor(event: { readonly type: string; readonly userAgent?: string; readonly given?: PublishedActor }): Verdict {
  if (event.type === 'engagement.retracted') return verdict('machine', 'report');
  if (event.given !== undefined) return verdict(event.given, 'publisher');
  if (reports.has(event.type)) return verdict('machine', 'report');
  if (event.type === 'email.opened') return opened(event.userAgent);
  if (!fetched.has(event.type)) return verdict('human', 'act');
  if (event.userAgent === undefined || event.userAgent === '')
    return event.type === 'email.clicked' ? verdict('unknown', 'no-user-agent') : verdict('human', 'act');
  return isbot(event.userAgent) ? verdict('machine', 'bot-user-agent') : verdict('human', 'browser');
}

function opened(userAgent: string | undefined): Verdict {
  const machine = userAgent === undefined ? undefined : openMachines.find(([pattern]) => pattern.test(userAgent));
  return machine === undefined ? verdict('unknown', 'open-unverified') : verdict('machine', machine[1]);
}
