/** Domains whose mailboxes are thrown away after a while, from a list others keep. */
import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';

let known: ReadonlySet<string> | undefined;

/** `domain`: ASCII, lower case; a domain below a listed one counts, too. */
export function isDisposable(domain: string): boolean {
  known ??= disposableEmailBlocklistSet();
  for (let name = domain; name.includes('.'); name = name.slice(name.indexOf('.') + 1)) if (known.has(name)) return true;
  return false;
}
