/** What may be asked of people: fields with their types, and the names there are of segments, lists, sequences and content. Reads the store, changes nothing. */
import type { Condition } from '../../../workflows/core/condition';
import { sizeBands } from '../../../events/list/sizes';
import { industryCodes } from '../../../events/list/industries';
import { departments } from '../../../events/list/departments';
import { seniorities } from '../../../events/list/titles';
import { importRulesOf } from '../import-rules';
import type { Client } from '../database';

export type FieldType = 'text' | 'number' | 'date' | 'yes-no';
export type Field = {
  readonly name: string;
  readonly type: FieldType;
  readonly says: string;
  /** All there are; anything else is a fault. */
  readonly values?: readonly string[];
  /** The values have an order, least first. */
  readonly ordered?: true;
  /** An SQL expression over `l`, `s` and `e`. */
  readonly sql: string;
};
export type Names = Readonly<Record<'segment' | 'persona', Readonly<Record<string, Condition>>>> & {
  readonly content: readonly string[];
  readonly sequence: readonly string[];
};
export type Known = { readonly fields: ReadonlyMap<string, Field>; readonly names: Names };

const trait = (name: string): string => `l.traits->>'${name.replace(/'/g, "''")}'`;
const moment = (column: string): string => `s.${column}`;

const own: readonly Field[] = [
  {
    name: 'stage',
    type: 'text',
    says: 'how far the person is',
    values: ['awareness', 'consideration', 'decision', 'customer'],
    ordered: true,
    sql: 's.stage',
  },
  {
    name: 'lifecycle',
    type: 'text',
    says: 'what the person is to marketing and sales (`ripen lifecycle`)',
    values: ['suspect', 'lead', 'mql', 'sql', 'accepted', 'opportunity', 'customer', 'recycled', 'disqualified'],
    sql: `coalesce(s.qualification, 'suspect')`,
  },
  { name: 'score', type: 'number', says: 'points as they count today, 0 to 100', sql: 'coalesce(s.score_today, 0)' },
  {
    name: 'grade',
    type: 'text',
    says: 'how well the person fits; >= B is A or B',
    values: ['D', 'C', 'B', 'A'],
    ordered: true,
    sql: `coalesce(s.grade, 'D')`,
  },
  {
    name: 'temperature',
    type: 'text',
    says: 'how near a purchase is',
    values: ['cold', 'warm', 'hot'],
    ordered: true,
    sql: `coalesce(s.temperature, 'cold')`,
  },
  { name: 'pain', type: 'number', says: 'how much it hurts, 1 to 10, where somebody said so', sql: 's.pain' },
  { name: 'fit', type: 'number', says: 'how near the closest persona is, 0 to 10', sql: 'coalesce(s.fit, 0)' },
  { name: 'engaged', type: 'date', says: 'the last thing they did themselves', sql: moment('engaged_ms') },
  {
    name: 'created',
    type: 'date',
    says: 'when they became known',
    sql: `coalesce(s.known_ms, (extract(epoch from l.created_at) * 1000)::bigint)`,
  },
  { name: 'consent', type: 'text', says: 'to marketing mail', values: ['granted', 'withdrawn', 'none'], sql: `e.consent` },
  {
    name: 'mailable',
    type: 'yes-no',
    says: 'marketing mail may go to them',
    sql: `(e.address is not null and e.consent = 'granted' and e.suppressed is null and not l.held)`,
  },
  {
    name: 'suppressed',
    type: 'text',
    says: 'why they must not be contacted',
    values: ['opt-out', 'bounce', 'complaint', 'operator', 'erasure'],
    sql: 'e.suppressed',
  },
  { name: 'paused', type: 'yes-no', says: 'paused by an operator', sql: 'l.held' },
  { name: 'problem', type: 'text', says: 'what is in the way, as in `ripen stuck`', sql: 's.problem' },
];

const traits: readonly Field[] = [
  { name: 'source', type: 'text', says: 'where the lead came from', sql: trait('source') },
  { name: 'industry', type: 'text', says: 'of the company', values: industryCodes, sql: trait('industry') },
  { name: 'size', type: 'text', says: 'people in the company', values: sizeBands, ordered: true, sql: trait('size') },
  { name: 'seniority', type: 'text', says: 'of the job title', values: seniorities, sql: trait('seniority') },
  { name: 'department', type: 'text', says: 'of the job title', values: departments, sql: trait('department') },
  { name: 'country', type: 'text', says: 'two letters', sql: trait('country') },
  { name: 'language', type: 'text', says: 'two letters', sql: trait('language') },
  { name: 'zone', type: 'text', says: 'time zone', sql: trait('zone') },
  { name: 'customer', type: 'yes-no', says: 'the list says they bought', sql: `coalesce((${trait('customer')})::boolean, false)` },
  { name: 'account', type: 'text', says: 'code of the company', sql: trait('account') },
];

/** Of no list's columns unless a workspace has its own of that name; rules may ask for them, so segments can. */
const unlisted: readonly Field[] = ['need', 'budget', 'timeframe', 'topic', 'frequency'].map((name) => ({
  name,
  type: 'text',
  says: 'from a column of your own of that name',
  sql: trait(name),
}));

const typeOf = { text: 'text', number: 'number', date: 'date', 'yes-no': 'yes-no' } as const;

export async function knownTo(client: Pick<Client, 'query'>): Promise<Known> {
  const { fields = {} } = await importRulesOf(client as Client);
  const mine = Object.entries(fields).map(([name, type]): Field => {
    const kind = Array.isArray(type) ? 'text' : typeOf[type as keyof typeof typeOf];
    const says = 'a column of your own';
    if (kind === 'number')
      return { name, type: kind, says, sql: `case when ${trait(name)} ~ '^-?[0-9.]+$' then (${trait(name)})::numeric end` };
    if (kind === 'yes-no') return { name, type: kind, says, sql: `(${trait(name)})::boolean` };
    return {
      name,
      type: kind === 'date' ? 'text' : kind,
      says,
      ...(Array.isArray(type) ? { values: type as readonly string[] } : {}),
      sql: trait(name),
    };
  });
  const { rows } = await client.query<{ kind: string; id: string; body: unknown }>(
    `select distinct on (kind, id) kind, id, case when kind = 'settings' then body end as body from published order by kind, id, version desc`,
  );
  const settings = rows.find(({ kind, id }) => kind === 'settings' && id === 'workspace')?.body as
    Readonly<Record<'segments' | 'personas', Readonly<Record<string, { readonly when: Condition }>> | undefined>> | undefined;
  const named = (all: Readonly<Record<string, { readonly when: Condition }>> = {}): Readonly<Record<string, Condition>> =>
    Object.fromEntries(Object.entries(all).map(([name, { when }]) => [name, when]));
  const ids = (kind: string): readonly string[] => rows.filter((row) => row.kind === kind).map(({ id }) => id);
  return {
    fields: new Map([...own, ...traits, ...unlisted, ...mine].map((field) => [field.name, field])),
    names: {
      segment: named(settings?.segments),
      persona: named(settings?.personas),
      content: ids('content'),
      sequence: ids('plan'),
    },
  };
}
