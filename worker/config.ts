/** Environment -> frozen Config; every wrong setting is reported together with all the others, in sentences. Knows no role. */
import { z } from 'zod';

/** All faults of the environment at once. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  constructor(readonly faults: readonly string[]) {
    super(
      `${faults.length === 1 ? 'One setting is' : `${faults.length} settings are`} wrong:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
  }
}

const url = (what: string, ...schemes: string[]) =>
  z.string().refine((text) => schemes.some((scheme) => text.startsWith(`${scheme}://`)) && URL.canParse(text), {
    error: `must be an address of ${what}, for example ${schemes[0]}://127.0.0.1:…`,
  });

const whole = (least: number, most: number, unit: string) =>
  z.coerce
    .number({ error: `must be a whole number of ${unit}` })
    .int(`must be a whole number of ${unit}`)
    .min(least, `must be at least ${least} ${unit}`)
    .max(most, `must be at most ${most} ${unit}`);

/** `site=0123456789abcdef,crm=...` to name -> token; each name and each token once. */
const tokens = z.string().transform((text, context) => {
  const pairs = text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');
  const named = pairs.map((pair) => /^([\w.-]{1,64})=([^\s,]{16,512})$/.exec(pair));
  const wrong = named.findIndex((match) => match === null);
  const names = named.flatMap((match) => match?.[1] ?? []);
  const secrets = named.flatMap((match) => match?.[2] ?? []);
  const says =
    pairs.length === 0
      ? 'must name at least one source: site=TOKEN'
      : wrong >= 0
        ? `must be name=token with commas between, each token of at least 16 characters without spaces; number ${wrong + 1} is not`
        : new Set(names).size < names.length
          ? 'must name each source once'
          : new Set(secrets).size < secrets.length
            ? 'must give each source a token of its own'
            : undefined;
  if (says === undefined) return Object.fromEntries(names.map((name, at) => [name, secrets[at] ?? '']));
  context.addIssue({ code: 'custom', message: says });
  return z.NEVER;
});

/** One entry a setting; README's table of settings is made from the descriptions. */
export const settingsSchema = z.object({
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s:]+:\d{1,5}$/, 'must be host:port, for example 127.0.0.1:7233')
    .describe('Temporal frontend, host:port'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default').describe('Temporal namespace'),
  TEMPORAL_API_KEY: z.string().min(1).optional().describe('API key for Temporal Cloud; turns TLS on'),
  TEMPORAL_TLS_CERT: z.string().min(1).optional().describe('path of the client certificate for mTLS'),
  TEMPORAL_TLS_KEY: z.string().min(1).optional().describe('path of its key'),
  NATS_URL: url('a NATS server', 'nats', 'tls').describe('NATS server with JetStream'),
  DATABASE_URL: url('a Postgres database', 'postgres', 'postgresql').describe('people store'),
  SMTP_URL: url('a mail server', 'smtp', 'smtps').describe('outgoing mail'),
  MAIL_FROM: z
    .string()
    .regex(/@/, 'must be an address that mail comes from, for example "Ada at Example <ada@example.com>"')
    .default('Ripen <hello@ripen.example>')
    .describe('From of every mail'),
  POSTAL_ADDRESS: z
    .string()
    .min(10, 'must be a real postal address; the law asks for it in every marketing mail')
    .default('Ripen Ltd, 1 Orchard Road, Example Town')
    .describe('postal address in every mail'),
  DKIM_DOMAIN: z
    .string()
    .regex(/^[A-Za-z0-9.-]+\.[A-Za-z]{2,}$/, 'must be the domain that mail comes from, for example ripen.example')
    .optional()
    .describe('domain that signs every mail by DKIM; with the two below'),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,63}$/, 'must be the name before ._domainkey, for example s1')
    .optional()
    .describe('its key record is SELECTOR._domainkey.DOMAIN'),
  DKIM_KEY_FILE: z.string().min(1).optional().describe('path of the private RSA key, PEM'),
  PUBLIC_URL: url('this installation as recipients reach it', 'https', 'http')
    .default('http://127.0.0.1:8080')
    .describe('where unsubscribe and tracked links point'),
  INTAKE_PORT: whole(0, 65_535, 'port').default(8080).describe('port of the intake; 0 = any free one'),
  INTAKE_TOKENS: tokens
    .optional()
    .describe('who may publish events over HTTP: `site=TOKEN,crm=TOKEN`, tokens of at least 16 characters; without it nobody may'),
  RIPEN_SECRET: z
    .string()
    .min(16, 'must have at least 16 characters; changing it later breaks links already sent')
    .default('ripen-development-secret')
    .describe('key of hashes and links'),
  RIPEN_CLOCK_EPOCH: whole(0, 4_102_444_800_000, 'milliseconds since 1970')
    .default(0)
    .describe('where the scaled clock of a demo starts, epoch ms'),
  RIPEN_CLOCK_RATE: z.coerce
    .number({ error: 'must be a number of engine seconds per real second' })
    .min(1)
    .max(1_000_000)
    .default(1)
    .describe('engine seconds per real second; 1 outside demos'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], { error: 'must be trace, debug, info, warn, error or silent' })
    .default('info')
    .describe('least level logged'),
});

export type Config = Readonly<z.infer<typeof settingsSchema>>;

/** Throws `ConfigError` with every fault. Empty values count as absent. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = settingsSchema.safeParse(given);
  const halves = halfGiven(given);
  if (parsed.success && halves.length === 0) return Object.freeze(parsed.data);
  throw new ConfigError([
    ...halves,
    ...(parsed.error?.issues ?? []).map((issue) => {
      const name = String(issue.path[0]);
      return given[name] === undefined
        ? `${name} is not set; it ${/^must/.test(issue.message) ? issue.message : 'is needed'}`
        : `${name} ${issue.message} (it is "${/KEY|SECRET|URL|TOKEN/.test(name) ? '…' : given[name]}")`;
    }),
  ]);
}

/** Settings that mean something only together. */
const together = [
  ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_KEY_FILE'],
  ['TEMPORAL_TLS_CERT', 'TEMPORAL_TLS_KEY'],
] as const;

const halfGiven = (given: Readonly<Record<string, unknown>>): readonly string[] =>
  together.flatMap((names) => {
    const missing = names.filter((name) => given[name] === undefined);
    return missing.length === 0 || missing.length === names.length
      ? []
      : [`${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not set; ${names.join(', ')} are needed together`];
  });
