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
  PUBLIC_URL: url('this installation as recipients reach it', 'https', 'http')
    .default('http://127.0.0.1:8080')
    .describe('where unsubscribe and tracked links point'),
  INTAKE_PORT: whole(0, 65_535, 'port').default(8080).describe('port of the intake; 0 = any free one'),
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
  if (parsed.success) return Object.freeze(parsed.data);
  throw new ConfigError(
    parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return given[name] === undefined
        ? `${name} is not set; it ${/^must/.test(issue.message) ? issue.message : 'is needed'}`
        : `${name} ${issue.message} (it is "${/KEY|SECRET|URL/.test(name) ? '…' : given[name]}")`;
    }),
  );
}
