/** The compose file was never run where it was written, so its form and its facts are checked here, one by one. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { settingsSchema } from '../worker/config';
import { pins } from '../worker/dev-stack/pins';
import { roleNames } from '../worker/roles';

const root = join(__dirname, '..');
const source = readFileSync(join(root, 'temporal-compose.yml'), 'utf8');

/** The part of the compose specification that the file uses; anything else is a slip of the pen. */
const service = z.strictObject({
  image: z.string().regex(/^[\w./-]+:[\w.-]+$/, 'an image has a tag'),
  build: z.strictObject({ context: z.literal('.'), dockerfile_inline: z.string() }).optional(),
  command: z.array(z.string()).optional(),
  entrypoint: z.array(z.string()).optional(),
  environment: z
    .record(z.string().regex(/^[A-Z_]+$/), z.string('a value that is no string is read differently by every YAML reader'))
    .optional(),
  depends_on: z
    .record(z.string(), z.strictObject({ condition: z.enum(['service_started', 'service_healthy', 'service_completed_successfully']) }))
    .optional(),
  configs: z.array(z.strictObject({ source: z.string(), target: z.string().startsWith('/') })).optional(),
  volumes: z.array(z.string().regex(/^[a-z-]+:\/[\w/]+$/)).optional(),
  ports: z.array(z.string().regex(/^127\.0\.0\.1:\d+:\d+$/, 'published on the loopback only')).optional(),
  healthcheck: z
    .strictObject({
      test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], z.string()),
      interval: z.string().regex(/^\d+s$/),
      timeout: z.string().regex(/^\d+s$/),
      retries: z.number(),
      start_period: z.string().optional(),
    })
    .optional(),
  restart: z.union([z.enum(['unless-stopped', 'no']), z.string().regex(/^on-failure:\d+$/)]),
  stop_grace_period: z.string().optional(),
  profiles: z.array(z.string()).optional(),
});
const schema = z.strictObject({
  name: z.literal('ripen'),
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.strictObject({})),
  configs: z.record(z.string(), z.strictObject({ content: z.string() })),
});

const raw = parse(source, { merge: true }) as Record<string, unknown>;
const compose = schema.parse(Object.fromEntries(Object.entries(raw).filter(([key]) => !key.startsWith('x-'))));
const services = Object.entries(compose.services);
const roles = services.filter(([, { command = [] }]) => command.includes('--role'));

describe('the compose file', () => {
  test('says that it was checked and never run', () => {
    expect(source.slice(0, 600)).toMatch(/checked by a schema test .*never run/i);
  });

  test('waits only for services that exist, in a way that they can fulfil', () => {
    for (const [name, { depends_on = {} }] of services) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        const awaited = compose.services[other];
        expect([name, other, awaited]).toEqual([name, other, expect.anything()]);
        if (condition === 'service_healthy') expect([other, awaited?.healthcheck]).toEqual([other, expect.anything()]);
        if (condition === 'service_completed_successfully')
          expect([other, awaited?.restart]).toEqual([other, expect.stringMatching(/^on-failure/)]);
      }
    }
  });

  test('waits in no circle', () => {
    const depth = (name: string, path: readonly string[]): number => {
      expect(path).not.toContain(name);
      return 1 + Math.max(0, ...Object.keys(compose.services[name]?.depends_on ?? {}).map((other) => depth(other, [...path, name])));
    };
    expect(Math.max(...services.map(([name]) => depth(name, [])))).toBe(6);
  });

  test('names every volume and config that it uses, and uses every one it names', () => {
    const used = (of: (each: z.infer<typeof service>) => readonly string[]) =>
      [...new Set(services.flatMap(([, each]) => of(each)))].sort();
    expect(used(({ volumes = [] }) => volumes.map((volume) => volume.split(':')[0] ?? ''))).toEqual(Object.keys(compose.volumes).sort());
    expect(used(({ configs = [] }) => configs.map((config) => config.source))).toEqual(Object.keys(compose.configs).sort());
  });

  test('publishes each port once', () => {
    const ports = services.flatMap(([, { ports: published = [] }]) => published.map((port) => port.split(':')[1]));
    expect(new Set(ports).size).toBe(ports.length);
    expect(ports.sort()).toEqual(['4222', '7233', '8080', '8233']);
  });

  test('starts every role that the worker knows, each as a service of its name', () => {
    expect(roles.map(([name]) => name).sort()).toEqual([...roleNames].sort());
    for (const [name, { command, image }] of roles)
      expect([command, image]).toEqual([['dist/worker/main.js', '--role', name], 'ripen:local']);
  });

  test('gives every role only settings that the worker knows, and all that have no default', () => {
    // Read beside the settings: how Node runs, and where the intake listens (in a container: everywhere, compose publishes it on the loopback).
    const intake = readFileSync(join(root, 'worker', 'roles', 'intake.ts'), 'utf8');
    const known = [
      ...Object.keys(settingsSchema.shape),
      'NODE_OPTIONS',
      ...[...intake.matchAll(/process\.env\['(\w+)'\]/g)].map((match) => match[1] ?? ''),
    ];
    const needed = Object.entries(settingsSchema.shape).filter(([, field]) => !field.safeParse(undefined).success);
    for (const [, { environment = {} }] of roles) {
      expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
      expect(needed.map(([name]) => name).filter((name) => !(name in environment))).toEqual([]);
      expect(environment.INTAKE_HOST).toBe('0.0.0.0');
      // The default secret is for development.
      expect(environment.RIPEN_SECRET).toBe('${RIPEN_SECRET:?set it in .env}');
    }
  });

  test('holds no password, and its head lists every variable that must be set', () => {
    const required = [...new Set([...source.matchAll(/\$\{([A-Z_]+):\?/g)].map((match) => match[1] ?? ''))];
    const head = source.slice(0, source.indexOf('\nname:'));
    expect(required.filter((name) => !head.includes(name))).toEqual([]);
    const passwords = services.flatMap(([, { environment = {} }]) =>
      Object.entries(environment).filter(([name]) => /PASSWORD|PWD|SECRET/.test(name)),
    );
    expect(passwords.length).toBeGreaterThan(5);
    for (const [, value] of passwords) expect(value).toMatch(/^\$\{[A-Z_]+:\?/);
  });

  test('runs the versions that the dev stack runs', () => {
    const image = (name: string) => compose.services[name]?.image;
    expect(['temporal', 'temporal-schema', 'temporal-namespace', 'temporal-ui'].map(image)).toEqual([
      'temporalio/server:1.32.0',
      'temporalio/admin-tools:1.32.0',
      'temporalio/admin-tools:1.32.0',
      'temporalio/ui:2.54.1',
    ]);
    expect(image('nats')).toBe(`nats:${pins['nats-server'].version.replace(/\.\d+$/, '')}-alpine`);
  });
});

describe('the shell scripts in it', () => {
  /** As compose hands them over: `$$` is a dollar. */
  const script = (name: string) => (compose.configs[name]?.content ?? '').replaceAll('$$', '$');

  test.each(['temporal-schema', 'temporal-namespace'])('%s is shell, and compose has nothing of its own to fill in', (name) => {
    expect(compose.configs[name]?.content.replaceAll('$$', '')).not.toContain('$');
    expect(() => execFileSync('/bin/sh', ['-n', '-c', script(name)])).not.toThrow();
  });

  test('create, set up and bring forward both of the databases of Temporal', () => {
    const said = execFileSync(
      '/bin/sh',
      ['-c', `temporal-sql-tool() { echo "$@"; }\n${script('temporal-schema')}`.replaceAll('temporal-sql-tool', 'temporal_sql_tool')],
      {
        env: { POSTGRES_SEEDS: 'pg', POSTGRES_USER: 'temporal', DB_PORT: '5432' },
        encoding: 'utf8',
      },
    );
    const base = (database: string) => `--plugin postgres12 --ep pg -u temporal -p 5432 --db ${database}`;
    expect(said.trim().split('\n')).toEqual([
      `${base('temporal')} create`,
      `${base('temporal')} setup-schema -v 0.0`,
      `${base('temporal')} update-schema -d /etc/temporal/schema/postgresql/v12/temporal/versioned`,
      `${base('temporal_visibility')} create`,
      `${base('temporal_visibility')} setup-schema -v 0.0`,
      `${base('temporal_visibility')} update-schema -d /etc/temporal/schema/postgresql/v12/visibility/versioned`,
    ]);
  });
});

describe('the NATS server in it', () => {
  test('keeps its streams on the volume and syncs every message', () => {
    expect(compose.configs.nats?.content).toMatch(/store_dir: "\/data"[^]*sync_interval: always/);
    expect(compose.services.nats?.volumes).toEqual(['nats-data:/data']);
  });
});

test('the image is built of a clean checkout: what a developer has lying about stays outside', () => {
  const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
  expect(ignored).toEqual(expect.arrayContaining(['node_modules', 'dist', '.ripen', '.env', '.git']));
  const dockerfile = compose.services['search-attributes']?.build?.dockerfile_inline ?? '';
  for (const entry of dockerfile.match(/dist\/[\w/]+\.js/g) ?? [])
    expect([entry, existsSync(join(root, entry.replace(/^dist\//, '').replace(/\.js$/, '.ts')))]).toEqual([entry, true]);
});
