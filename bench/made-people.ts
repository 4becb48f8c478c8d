/** Made-up people in a people store, by one statement a table: who they are, what they were sent and did. The same people every run. Knows no question. */
import type { Database } from '../activities/people/database';

const dayMs = 86_400_000;

/** Whole number below `below` that depends on the person `n` and on `salt` alone. */
const lot = (salt: string, below: number): string => `(hashtextextended('${salt}' || n, 0) & 1073741823) % ${below}`;
const oneOf = (salt: string, codes: readonly string[]): string =>
  `(array[${codes.map((code) => `'${code}'`).join(', ')}])[1 + ${lot(salt, codes.length)}]`;

/** As after an import: the people from number `from` up to and without `to`. A tenth has no consent, a fiftieth bounced. */
export async function makePeople(db: Database, from: number, to: number): Promise<void> {
  const each = `from generate_series(${from}, ${to - 1}) n`;
  const traits = `jsonb_strip_nulls(jsonb_build_object(
    'industry', case when ${lot('known', 10)} < 8 then ${oneOf('industry', ['software', 'finance', 'health', 'retail', 'logistics', 'education'])} end,
    'size', ${oneOf('size', ['1-10', '11-50', '51-200', '201-1000'])}, 'seniority', ${oneOf('seniority', ['owner', 'manager', 'specialist', 'other'])},
    'country', ${oneOf('country', ['DE', 'FR', 'GB', 'US', 'IN', 'PT'])}, 'source', ${oneOf('source', ['trade-show', 'webinar', 'website'])}))`;
  await db.transaction(async (client) => {
    const run = (sql: string): Promise<unknown> => client.query(sql);
    await run(`insert into lead (id, key, traits) select 'ld_' || n, 'key-' || n, ${traits} ${each}`);
    await run(
      `insert into identity (kind, value, lead_id, written, key, domain_key)
       select 'email', 'p' || n || '@firm' || n % 5000 || '.example', 'ld_' || n, 'p' || n || '@firm' || n % 5000 || '.example', 'mail-' || n, 'domain-' || n % 5000 ${each}`,
    );
    await run(
      `insert into consent (lead_id, channel, state, obtained_ms, source, evidence, by)
       select 'ld_' || n, 'email', 'granted', 1, 'bench', 'made', 'bench' ${each} where ${lot('consent', 10)} > 0`,
    );
    await run(
      `insert into suppression (key, channel, kind, because, at_ms, by)
       select 'mail-' || n, 'email', 'bounce', 'made', 1, 'bench' ${each} where ${lot('bounce', 50)} = 0`,
    );
  });
  await db.query('analyze');
}

/** What the projector and the ledger would have of them: two thirds were sent up to four messages, and everybody did something on up to six days. `now`: engine's clock. */
export async function makePast(db: Database, from: number, to: number, now: number): Promise<void> {
  const each = `from generate_series(${from}, ${to - 1}) n`;
  await db.transaction(async (client) => {
    const run = (sql: string): Promise<unknown> => client.query(sql);
    await run(
      `insert into lead_summary (lead_id, stage, qualification, score, sequence, last_fact_ms, seq, folded, score_today, grade, temperature, engaged_ms, known_ms, read_by)
       select 'ld_' || n, ${oneOf('stage', ['awareness', 'awareness', 'consideration', 'decision'])}, ${oneOf('life', ['lead', 'lead', 'lead', 'mql', 'sql', 'customer'])},
              ${lot('score', 100)}, case when ${lot('enrolled', 3)} = 0 then 'buyers-journey' else '' end, ${now}, n, '{}',
              ${lot('score', 100)}, ${oneOf('grade', ['A', 'B', 'C', 'D'])}, ${oneOf('warm', ['hot', 'warm', 'cold', 'cold'])},
              ${now} - ${lot('engaged', 200)} * ${dayMs}, ${now} - 300 * ${dayMs}::bigint, 'made' ${each}`,
    );
    await run(
      `insert into send_ledger (lead_id, effect, kind, content, purpose, campaign, state, called_ms)
       select 'ld_' || n, 'e' || k, 'lead', (array['pricing', 'welcome', 'ebook', 'comparison'])[k], 'marketing', 'spring', 'sent', ${now} - ${lot('sent', 120)} * ${dayMs}::bigint
         ${each}, generate_series(1, 4) k where ${lot('mails', 6)} >= k`,
    );
    await run(
      `insert into lead_deed (lead_id, event, content, day, times, last_ms)
       select 'ld_' || n, case when k = 1 then 'email.clicked' else 'page.viewed' end, case when k = 1 then 'pricing' else '' end,
              (${now} - ${lot('day', 30)} * ${dayMs}) / ${dayMs} - 10 * k, k, ${now} - ${lot('day', 30)} * ${dayMs} - 10 * k * ${dayMs}::bigint
         ${each}, generate_series(1, 6) k where ${lot('deeds', 7)} >= k`,
    );
  });
  await db.query('analyze');
}
