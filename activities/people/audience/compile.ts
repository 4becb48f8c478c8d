/** A question as SQL over the people store: every value a parameter. Knows the tables, and of conditions what a person can be asked. */
import { closest, meant } from '../../../events/closest';
import type { Comparison, Part, Query, Value } from '../../../events/audience/query';
import { engagementTypes } from '../../../events/engagement';
import { queryOf } from './conditions';
import type { Field, Known } from './known';
import { WrongQuery } from './wrong-query';

const dayMs = 86_400_000;

export type Sql = {
  /** A truth value, never null. */
  readonly holds: string;
  /** What the answer rests on, as text. */
  readonly seen: string;
};

export type Compiler = {
  /** Values so far, `$1`, `$2`, ... */
  readonly values: readonly unknown[];
  /** Throws `WrongQuery`. */
  readonly holds: (query: Query) => string;
  readonly part: (part: Part) => Sql;
};

/** `now`: engine's clock. */
export function compiler(known: Known, now: number): Compiler {
  const values: unknown[] = [];
  const put = (value: unknown, type: string): string => {
    values.push(value);
    return `$${values.length}::${type}`;
  };
  const since = (days: number): string => put(Math.floor(now - days * dayMs), 'bigint');
  const context: Context = { known, put, since, now };
  const holds = (query: Query): string => {
    switch (query.kind) {
      case 'all':
        return `(${query.of.map(holds).join(' and ')})`;
      case 'any':
        return `(${query.of.map(holds).join(' or ')})`;
      case 'not':
        return `(not ${holds(query.of)})`;
      default:
        return partSql(query as Part, context, holds).holds;
    }
  };
  return { values, holds, part: (part) => partSql(part, context, holds) };
}

type Context = {
  readonly known: Known;
  readonly put: (value: unknown, type: string) => string;
  readonly since: (days: number) => string;
  readonly now: number;
};

function partSql(part: Part, context: Context, holds: (query: Query) => string): Sql {
  switch (part.kind) {
    case 'compare':
      return compare(part, fieldOf(part, context.known), context);
    case 'oneOf': {
      const field = fieldOf(part, context.known);
      const wanted = part.values.map((value) => String(checked(part, field, value)));
      return { holds: `coalesce((${field.sql})::text = any(${context.put(wanted, 'text[]')}), false)`, seen: `(${field.sql})::text` };
    }
    case 'known': {
      const field = fieldOf(part, context.known);
      return { holds: `((${field.sql}) is not null)`, seen: `(${field.sql})::text` };
    }
    case 'within': {
      const field = fieldOf(part, context.known);
      if (field.type !== 'date') throw wrong(part, `"${field.name}" is no date, so it has no days`);
      return { holds: `coalesce((${field.sql}) >= ${context.since(part.days)}, false)`, seen: instant(field.sql) };
    }
    case 'silent': {
      const last = `coalesce(s.engaged_ms, ${context.known.fields.get('created')?.sql ?? 's.known_ms'})`;
      return { holds: `coalesce(${last} <= ${context.since(part.days)}, true)`, seen: instant(last) };
    }
    case 'gained': {
      const from = context.put(Math.floor(context.now / dayMs) - part.days + 1, 'integer');
      const gained = `coalesce((select (g->>1)::bigint from jsonb_array_elements(s.gains) with ordinality a(g, n) where (g->>0)::integer >= ${from} order by n limit 1), 0)`;
      return { holds: `(${gained} >= ${context.put(part.points * 1_000, 'bigint')})`, seen: `round(${gained} / 1000.0, 1)` };
    }
    case 'cohort': {
      const lot = `lot_of(l.id, ${context.put(`cohort/${part.name}`, 'text')})`;
      return { holds: `(${lot} < ${context.put(part.percent, 'integer')})`, seen: lot };
    }
    case 'in':
      return group(part, context, holds);
    case 'received':
      return received(part, context);
    case 'did':
      return did(part, context);
  }
}

/** `written`: the word within the part that is wrong; the part's own place where it stands elsewhere, as in a segment's condition. */
function wrong({ at, said }: Pick<Part, 'at' | 'said'>, says: string, written?: string): WrongQuery {
  return new WrongQuery({ at: at + (written === undefined ? 0 : wordIn(said, written)), says });
}

const letter = /[\p{L}\p{N}]/u;
/** Where the word stands whole; 0 where it does not. */
function wordIn(said: string, word: string): number {
  for (let from = said.indexOf(word); from !== -1; from = said.indexOf(word, from + 1))
    if (!letter.test(said[from - 1] ?? ' ') && !letter.test(said[from + word.length] ?? ' ')) return from;
  return 0;
}
/** Text that sorts and reads: UTC. */
const instant = (ms: string): string => `to_char(to_timestamp((${ms}) / 1000.0) at time zone 'UTC', 'YYYY-MM-DD HH24:MI')`;

function fieldOf(part: Part & { readonly field: string }, { fields }: Known): Field {
  const field = fields.get(part.field) ?? fields.get(part.field.toLowerCase());
  if (field !== undefined) return field;
  const near = closest(part.field, fields.keys());
  throw wrong(part, `there is no field "${part.field}"${meant(near)} \`ripen audience fields\` lists them`);
}

/** The value as the store writes it. */
function checked(part: Part, field: Field, value: Value): Value {
  if (field.type === 'yes-no') {
    if (typeof value === 'boolean') return value;
    throw wrong(part, `"${field.name}" is yes or no, not "${String(value)}"`, String(value));
  }
  if (field.type === 'number') {
    if (typeof value === 'number') return value;
    throw wrong(part, `"${field.name}" is a number, not "${String(value)}"`, String(value));
  }
  const text = String(value);
  if (field.values === undefined || field.values.includes(text)) return text;
  const same = field.values.find((one) => one.toLowerCase() === text.toLowerCase());
  if (same !== undefined) return same;
  throw wrong(part, `"${text}" is no ${field.name}${meant(closest(text, field.values))} It can be ${field.values.join(', ')}`, text);
}

function compare(part: Extract<Part, { kind: 'compare' }>, field: Field, { put }: Context): Sql {
  const { op } = part;
  if (field.type === 'date') {
    const at = Date.parse(String(part.value));
    if (Number.isNaN(at))
      throw wrong(
        part,
        `"${String(part.value)}" is no date: write for example 2026-11-02, or ${field.name} in 30 days`,
        String(part.value),
      );
    return { holds: `coalesce((${field.sql}) ${sign(op)} ${put(at, 'bigint')}, ${op === '!='})`, seen: instant(field.sql) };
  }
  const value = checked(part, field, part.value);
  const seen = `(${field.sql})::text`;
  if (op === '=' || op === '!=') {
    const equal =
      field.type === 'number' ? `(${field.sql}) = ${put(value, 'numeric')}` : `(${field.sql})::text = ${put(String(value), 'text')}`;
    return { holds: op === '=' ? `coalesce(${equal}, false)` : `(not coalesce(${equal}, false))`, seen };
  }
  if (field.type === 'number') return { holds: `coalesce((${field.sql}) ${op} ${put(value, 'numeric')}, false)`, seen };
  if (field.ordered !== true || field.values === undefined) throw wrong(part, `"${field.name}" has no order; ask with = or in (...)`);
  const order = put(field.values, 'text[]');
  return {
    holds: `coalesce(array_position(${order}, (${field.sql})::text) ${op} array_position(${order}, ${put(String(value), 'text')}), false)`,
    seen,
  };
}
const sign = (op: Comparison): string => (op === '!=' ? '<>' : op);

function group(part: Extract<Part, { kind: 'in' }>, { known, put }: Context, holds: (query: Query) => string): Sql {
  const { what, name } = part;
  const yes = (sql: string): Sql => ({ holds: sql, seen: `case when ${sql} then 'yes' else 'no' end` });
  switch (what) {
    case 'list':
      return yes(`exists (select from list_member m where m.list = ${put(name, 'text')} and m.lead_id = l.id)`);
    case 'sequence':
      if (!known.names.sequence.includes(name)) throw wrong(part, unknownName('sequence', name, known.names.sequence), name);
      return yes(`coalesce(${put(name, 'text')} = any(string_to_array(s.sequence, ' ')), false)`);
    case 'campaign': {
      const campaign = put(name, 'text');
      return yes(
        `(exists (select from campaign_member m where m.lead_id = l.id and m.campaign = ${campaign} and m.state in ('enrolled', 'left'))
          or exists (select from send_ledger g where g.lead_id = l.id and g.campaign = ${campaign} and g.kind = 'lead' and g.state in ('sent', 'uncertain')))`,
      );
    }
    case 'segment':
    case 'persona': {
      const condition = known.names[what][name];
      if (condition === undefined) throw wrong(part, unknownName(what, name, Object.keys(known.names[what])), name);
      return yes(holds(queryOf(condition, part, known)));
    }
  }
}

const unknownName = (what: string, name: string, all: readonly string[]): string =>
  `there is no ${what} "${name}"${meant(closest(name, all))}${all.length === 0 ? `; there is none at all` : ` There are ${[...all].sort().slice(0, 20).join(', ')}`}`;

function received(part: Extract<Part, { kind: 'received' }>, { known, put, since }: Context): Sql {
  const { content, days } = part;
  if (content !== undefined && !known.names.content.includes(content))
    throw wrong(part, unknownName('content', content, known.names.content), content);
  const where = `g.lead_id = l.id and g.kind = 'lead' and g.state in ('sent', 'uncertain')${content === undefined ? '' : ` and g.content = ${put(content, 'text')}`}${days === undefined ? '' : ` and g.called_ms >= ${since(days)}`}`;
  return {
    holds: `exists (select from send_ledger g where ${where})`,
    seen: `(select count(*)::text || coalesce(', last ' || ${instant('max(g.called_ms)')}, '') from send_ledger g where ${where})`,
  };
}

function did(part: Extract<Part, { kind: 'did' }>, { known, put, since }: Context): Sql {
  const { event, content, times, days } = part;
  if (!Object.hasOwn(engagementTypes, event))
    throw wrong(part, `there is no event "${event}"${meant(closest(event, Object.keys(engagementTypes)))}`, event);
  if (content !== undefined && !known.names.content.includes(content))
    throw wrong(part, unknownName('content', content, known.names.content), content);
  const where = `d.lead_id = l.id and d.event = ${put(event, 'text')}${content === undefined ? '' : ` and d.content = ${put(content, 'text')}`}${days === undefined ? '' : ` and d.last_ms >= ${since(days)}`}`;
  return {
    holds:
      times === 1
        ? `exists (select from lead_deed d where ${where})`
        : `coalesce((select sum(d.times) from lead_deed d where ${where}) >= ${put(times, 'integer')}, false)`,
    seen: `(select coalesce(sum(d.times), 0)::text || coalesce(' times, last ' || ${instant('max(d.last_ms)')}, ' times') from lead_deed d where ${where})`,
  };
}
