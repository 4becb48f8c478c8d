/** The demo itself, short and on its own servers: it ends, its two sides agree, and its closing line says so. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDemo } from '../../worker/demo/run';

const { TEMPORAL_ADDRESS: _t, NATS_URL: _n, DATABASE_URL: _d, SMTP_URL: _s, ...environment } = process.env;
type Closing = {
  readonly rows: number;
  readonly uncertain: number;
  readonly faults: readonly string[];
  readonly leads: { readonly created: number; readonly rejected: number; readonly duplicates: number; readonly customers: number };
  readonly mails: { readonly sent: number; readonly received: number; readonly duplicates: number; readonly toReps: number };
};

it('nurtures the list through twelve engine days, and the log and the mail server agree', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ripen-demo-'));
  const said: string[] = [];
  const closings: Record<string, unknown>[] = [];
  try {
    const exitCode = await runDemo({
      ...{ dayMs: 1_000, days: 12, stay: false, json: true, seed: 7 },
      environment,
      folder,
      say: (line) => void said.push(line),
      close: (closing) => void closings.push(closing),
      interrupted: new AbortController().signal,
    });
    const closing = closings[0] as Closing;
    expect({ exitCode, faults: closing.faults }).toEqual({ exitCode: 0, faults: [] });
    const { rows, leads, mails, uncertain } = closing;
    expect(rows).toBeGreaterThanOrEqual(220);
    expect(leads.created + leads.rejected + leads.duplicates + leads.customers).toBe(rows);
    expect(mails.sent).toBeGreaterThan(150);
    expect({ received: mails.received, duplicates: mails.duplicates, uncertain }).toEqual({
      received: mails.sent,
      duplicates: 0,
      uncertain: 0,
    });
    const [run = ''] = readdirSync(join(folder, 'mails'));
    expect(readdirSync(join(folder, 'mails', run)).length).toBe(mails.received + mails.toReps);
    expect(said.join('\n')).toContain('Leads by stage');
    expect(readdirSync(folder)).toEqual(['mails']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 240_000);
