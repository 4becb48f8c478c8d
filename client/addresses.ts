/** Finds where the servers are: the environment first, then what `ripen up` or a demo wrote in this folder or one above it. Opens nothing. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { failed } from './refusal';

const runFileSchema = z.looseObject({
  addresses: z.looseObject({ TEMPORAL_ADDRESS: z.string().optional(), NATS_URL: z.string().optional(), uiUrl: z.string().optional() }),
  clock: z.looseObject({ epoch: z.number(), rate: z.number().positive() }).optional(),
});

export type Environment = Readonly<Record<string, string | undefined>>;

export type Whereabouts = {
  /** Throws `Refusal` with the ways out when it is not known. */
  readonly address: (name: 'TEMPORAL_ADDRESS' | 'NATS_URL') => string;
  /** Temporal's web UI, where known. */
  readonly uiUrl: string | undefined;
  readonly namespace: string;
  /** engine = epoch + (real - epoch) * rate; rate 1 outside demos. */
  readonly clock: { readonly epoch: number; readonly rate: number };
  /** File the addresses came from that the environment does not name. */
  readonly runFile: string | undefined;
};

const what = { TEMPORAL_ADDRESS: 'Temporal', NATS_URL: 'NATS' } as const;

export function findAddresses(environment: Environment, folder: string): Whereabouts {
  const runFile = above(folder);
  const run = runFile === undefined ? undefined : read(runFile);
  const rate = Number(environment['RIPEN_CLOCK_RATE'] ?? run?.clock?.rate ?? 1);
  const epoch = Number(environment['RIPEN_CLOCK_EPOCH'] ?? run?.clock?.epoch ?? 0);
  return {
    address(name) {
      const found = given(environment[name]) ?? run?.addresses[name];
      if (found !== undefined) return found;
      throw failed(
        `Nothing says where ${what[name]} is. Start everything with \`ripen up\` and run this command in the same folder, or set ${name} (for example ${example[name]}).`,
      );
    },
    uiUrl: given(environment['TEMPORAL_UI_URL']) ?? run?.addresses.uiUrl,
    namespace: given(environment['TEMPORAL_NAMESPACE']) ?? 'default',
    clock: { epoch: Number.isFinite(epoch) ? epoch : 0, rate: Number.isFinite(rate) && rate > 0 ? rate : 1 },
    runFile,
  };
}

const example = { TEMPORAL_ADDRESS: '127.0.0.1:7233', NATS_URL: 'nats://127.0.0.1:4222' } as const;
const given = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

/** Of `ripen up`, else of a demo that stays. */
const places = [
  ['.ripen', 'run.json'],
  ['.ripen', 'demo', 'servers', 'run.json'],
] as const;

function above(folder: string): string | undefined {
  const file = places.map((place) => join(folder, ...place)).find(existsSync);
  if (file !== undefined) return file;
  const parent = dirname(folder);
  return parent === folder ? undefined : above(parent);
}

function read(file: string): z.infer<typeof runFileSchema> {
  try {
    return runFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw failed(
      `${file} cannot be read (${error instanceof SyntaxError ? 'it is no JSON' : 'it has another form'}). Stop \`ripen up\` and start it again.`,
    );
  }
}
