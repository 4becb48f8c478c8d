/** Settings: all faults at once, in sentences, without showing a secret. */
import { ConfigError, readConfig } from '../../worker/config';

const right = {
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  NATS_URL: 'nats://127.0.0.1:4222',
  DATABASE_URL: 'postgres://127.0.0.1:5432/ripen',
  SMTP_URL: 'smtp://127.0.0.1:25',
};
const faultsOf = (environment: Record<string, string | undefined>): readonly string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};

test('the four addresses are enough; everything else has a value', () => {
  const config = readConfig(right);
  expect(config).toMatchObject({ ...right, RIPEN_CLOCK_RATE: 1, LOG_LEVEL: 'info', INTAKE_PORT: 8080 });
  expect(Object.isFrozen(config)).toBe(true);
});

test('every wrong setting is reported together with all the others', () => {
  const faults = faultsOf({
    ...right,
    NATS_URL: 'http://wrong',
    LOG_LEVEL: 'loud',
    INTAKE_PORT: '70000',
    RIPEN_CLOCK_RATE: 'fast',
    SMTP_URL: undefined,
  });
  expect(faults).toHaveLength(5);
  for (const name of ['NATS_URL', 'LOG_LEVEL', 'INTAKE_PORT', 'RIPEN_CLOCK_RATE', 'SMTP_URL is not set']) {
    expect(faults.some((fault) => fault.startsWith(name))).toBe(true);
  }
});

test('an empty setting counts as absent', () => {
  expect(faultsOf({ ...right, TEMPORAL_ADDRESS: '' })).toEqual([expect.stringMatching(/^TEMPORAL_ADDRESS is not set/)]);
});

test('a wrong secret or address with a password is not repeated in the fault', () => {
  const faults = faultsOf({ ...right, RIPEN_SECRET: 'short', DATABASE_URL: 'mysql://ada:hunter2@db/ripen' });
  expect(faults).toHaveLength(2);
  expect(faults.join(' ')).not.toMatch(/short|hunter2/);
});

test('settings that mean something only together are asked for together', () => {
  expect(faultsOf({ ...right, DKIM_DOMAIN: 'ripen.example', TEMPORAL_TLS_KEY: '/k' })).toEqual([
    'DKIM_SELECTOR and DKIM_KEY_FILE are not set; DKIM_DOMAIN, DKIM_SELECTOR, DKIM_KEY_FILE are needed together',
    'TEMPORAL_TLS_CERT is not set; TEMPORAL_TLS_CERT, TEMPORAL_TLS_KEY are needed together',
  ]);
});

test('sources of the intake are read with their tokens', () => {
  expect(readConfig({ ...right, INTAKE_TOKENS: 'site=0123456789abcdef, crm=fedcba9876543210' }).INTAKE_TOKENS).toEqual({
    site: '0123456789abcdef',
    crm: 'fedcba9876543210',
  });
  expect(readConfig(right).INTAKE_TOKENS).toBeUndefined();
});

test.each([
  ['site=short', 'number 1 is not'],
  ['site=0123456789abcdef,crm', 'number 2 is not'],
  ['site=0123456789abcdef,site=fedcba9876543210', 'each source once'],
  ['site=0123456789abcdef,crm=0123456789abcdef', 'a token of its own'],
  [' , ', 'at least one source'],
])('sources written as "%s" are a fault that repeats no token', (text, says) => {
  const faults = faultsOf({ ...right, INTAKE_TOKENS: text });
  expect(faults).toEqual([expect.stringContaining(says)]);
  expect(faults[0]).not.toContain('0123456789abcdef');
});
