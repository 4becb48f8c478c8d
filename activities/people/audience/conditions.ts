/** A segment's or a persona's condition as a question: the same meaning in sequences and in lists. Knows no SQL. */
import type { Part, Query, Value } from '../../../events/audience/query';
import type { Condition, FieldTest } from '../../../workflows/core/condition';
import { dayMs, msOf } from '../../../workflows/core/time';
import type { Known } from './known';
import { WrongQuery } from './wrong-query';

type Place = Pick<Part, 'at' | 'said'>;

/** `place`: where in the question the segment is named. Throws `WrongQuery` for what only a sequence can ask. */
export function queryOf(condition: Condition, { at, said }: Place, known: Known, seen: readonly string[] = []): Query {
  const place = { at, said };
  const of = (part: Condition): Query => queryOf(part, place, known, seen);
  const compare = (field: string, op: '=' | '>=', value: Value): Query => ({ kind: 'compare', field, op, value, ...place });
  switch (condition.kind) {
    case 'all':
    case 'any':
      return { kind: condition.kind, of: condition.of.map(of), ...place };
    case 'not':
      return { kind: 'not', of: of(condition.of), ...place };
    case 'score':
      return compare('score', '>=', condition.atLeast);
    case 'pain':
    case 'fit':
      return compare(condition.kind, '>=', condition.atLeast);
    case 'grade':
      return compare('grade', '>=', condition.atLeast);
    case 'temperature':
      return compare('temperature', '=', condition.is);
    case 'stage':
      return compare('stage', '>=', condition.atLeast);
    case 'qualification':
      return compare('lifecycle', '=', condition.is);
    case 'consent':
      return compare('consent', '=', 'granted');
    case 'silentFor':
      return { kind: 'silent', days: msOf(condition.span) / dayMs, ...place };
    case 'gained':
      return { kind: 'gained', points: condition.points, days: Math.ceil(msOf(condition.within) / dayMs), ...place };
    case 'cohort':
      return { kind: 'cohort', name: condition.name, percent: condition.percent, ...place };
    case 'field':
      return fieldQuery(condition.field, condition.test, place);
    case 'segment':
    case 'persona': {
      const key = `${condition.kind} ${condition.name}`;
      const inner = known.names[condition.kind][condition.name];
      if (inner === undefined || seen.includes(key)) throw new WrongQuery({ at, says: `${said} asks for ${key}, which there is not` });
      return queryOf(inner, place, known, [...seen, key]);
    }
    default:
      throw new WrongQuery({ at, says: `${said} asks for "${condition.kind}", which is known inside a sequence alone` });
  }
}

function fieldQuery(field: string, test: FieldTest | undefined, place: Place): Query {
  if (test === undefined) return { kind: 'known', field, ...place };
  if (typeof test !== 'object') return { kind: 'compare', field, op: '=', value: test, ...place };
  if ('oneOf' in test) return { kind: 'oneOf', field, values: test.oneOf, ...place };
  if ('atLeast' in test) return { kind: 'compare', field, op: '>=', value: test.atLeast, ...place };
  if ('atMost' in test) return { kind: 'compare', field, op: '<=', value: test.atMost, ...place };
  throw new WrongQuery({ at: place.at, says: `${place.said} asks how "${field}" begins, which is known inside a sequence alone` });
}
