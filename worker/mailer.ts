/** The mail adapter by configuration, with the key that signs, read from its file. Knows no mail. */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { smtpMailer, type DkimKey } from '../activities/adapters/smtp-mailer';
import { ConfigError, type Config } from './config';

/** Shorter keys are refused by mailbox providers (RFC 8301 section 3.2). */
const leastBits = 1_024;

/** Throws `ConfigError` for a key that cannot sign. */
export function openMailer(config: Config): ReturnType<typeof smtpMailer> {
  const dkim = dkimKey(config);
  return smtpMailer({ url: config.SMTP_URL, ...(dkim === undefined ? {} : { dkim }) });
}

/** `undefined` where mails are not signed. Throws `ConfigError` for a file that is no such key. */
function dkimKey({ DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY_FILE: file }: Config): DkimKey | undefined {
  if (domain === undefined || selector === undefined || file === undefined) return undefined;
  const wrong = (says: string): ConfigError => new ConfigError([`DKIM_KEY_FILE ${says} (it is "${file}")`]);
  let privateKey: string;
  try {
    privateKey = readFileSync(file, 'utf8');
  } catch (error) {
    throw wrong(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const bits = rsaBits(privateKey);
  if (bits === undefined) throw wrong('must hold a private RSA key in PEM, without a passphrase');
  if (bits < leastBits) throw wrong(`must hold a key of at least ${leastBits} bits; this one has ${bits}`);
  return { domain, selector, privateKey };
}

/** `undefined` for what is no RSA key. */
function rsaBits(pem: string): number | undefined {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'rsa' ? key.asymmetricKeyDetails?.modulusLength : undefined;
  } catch {
    // Whatever OpenSSL says of it would only confuse.
    return undefined;
  }
}
