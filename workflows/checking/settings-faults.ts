/** What a settings file or a scoring model names of people: traits, values and sources that are not there, and those nobody may be scored by. Reads what was written, with its places; knows no file system. */
import type { OwnFields } from '../../events/list/own-fields';
import type { Code } from '../../events/stripped';
import type { Fault } from '../core/definition-error';
import { specialCategory } from '../core/predict/special';
import { specialValue } from './special-values';
import { sourceFault, traitFault, valueFault } from './trait-faults';
import type { OwnTraits } from './trait-faults';

type Written = Readonly<Record<string, unknown>>;
const isMap = (value: unknown): value is Written => typeof value === 'object' && value !== null && !Array.isArray(value);
const mapIn = (of: Written, key: string): Written => (isMap(of[key]) ? of[key] : {});

/** What settings add to the traits there are; nothing where no settings are given. */
export function ownTraitsOf(settings: readonly unknown[]): OwnTraits {
  const imports = settings.filter(isMap).map((one) => mapIn(one, 'imports'));
  if (settings.length === 0) return { fields: undefined, sources: [] };
  const fields = Object.assign({}, ...imports.map((one) => mapIn(one, 'fields'))) as OwnFields;
  return { fields, sources: imports.flatMap((one) => Object.keys(mapIn(one, 'sources'))) };
}

/** Of a document that has the right shape. `file`: the beginning of every path. */
export function meaningFaults(file: string, document: unknown, own: OwnTraits): readonly Fault[] {
  if (!isMap(document)) return [];
  const people = ['segments', 'personas'].flatMap((kind) =>
    Object.entries(mapIn(document, kind)).flatMap(([name, one]) =>
      isMap(one)
        ? [
            ...conditionFaults(`${file}.${kind}.${name}.when`, one['when'], own),
            ...likeFaults(`${file}.${kind}.${name}.like`, one['like'], own),
          ]
        : [],
    ),
  );
  const fit = Object.entries(mapIn(document, 'fit')).flatMap(([trait, table]) => tableFaults(`${file}.fit.${trait}`, trait, table, own));
  const starting = Object.keys(mapIn(document, 'starting'))
    .filter((source) => source !== 'otherwise')
    .flatMap((source) => faultAt(`${file}.starting.${source}`, sourceFault(source, own)));
  const questions = document['questions'];
  const asked = (Array.isArray(questions) ? questions : []).flatMap((one: unknown, at) =>
    isMap(one) ? questionFaults(`${file}.questions[${at}]`, one, own) : [],
  );
  const typed = Object.entries(mapIn(mapIn(document, 'imports'), 'fields')).flatMap(([name, type]) =>
    ownFieldFaults(`${file}.imports.fields.${name}`, name, type),
  );
  return [...people, ...fit, ...starting, ...asked, ...typed];
}

const likeFaults = (path: string, like: unknown, own: OwnTraits): readonly Fault[] =>
  Array.isArray(like)
    ? like.flatMap((wish: unknown, at) => (isMap(wish) ? conditionFaults(`${path}[${at}].when`, wish['when'], own) : []))
    : [];

const faultAt = (path: string, says: string | undefined): readonly Fault[] => (says === undefined ? [] : [{ path, says }]);

/** A trait and points by its values; `_other` and `_unknown` are no values. */
export function tableFaults(path: string, trait: string, table: unknown, own: OwnTraits): readonly Fault[] {
  const says = traitFault(trait, own);
  if (says !== undefined) return [{ path, says }];
  return Object.keys(isMap(table) ? table : {})
    .filter((value) => !value.startsWith('_'))
    .flatMap((value) => faultAt(`${path}.${value}`, valueFault(trait, value, own)));
}

/** What has a type is seen by rules and kept in the history for ever. */
function ownFieldFaults(path: string, name: string, type: unknown): readonly Fault[] {
  const about = specialCategory(name);
  if (about !== undefined && type !== 'text')
    return [{ path, says: `is about ${about}: no rule may see it (GDPR, article 9); leave its type text, or leave the column out` }];
  const values = (Array.isArray(type) ? type : []) as readonly string[];
  return values.flatMap((value, at) => {
    const kind = specialValue(value);
    return kind === undefined
      ? []
      : [{ path: `${path}[${at}]`, says: `"${value}" is about ${kind}: no rule may see it (GDPR, article 9)` }];
  });
}

/** A question of a matrix: its trait, the best answers and the others. */
function questionFaults(path: string, { trait, best, others }: Written, own: OwnTraits): readonly Fault[] {
  if (typeof trait !== 'string') return [];
  const says = traitFault(trait, own);
  if (says !== undefined) return [{ path: `${path}.trait`, says }];
  const wanted = (Array.isArray(best) ? best : []) as readonly Code[];
  return [
    ...wanted.flatMap((value, at) => faultAt(`${path}.best[${at}]`, valueFault(trait, String(value), own))),
    ...tableFaults(`${path}.others`, trait, others, own),
  ];
}

/** A condition as marketing writes it, whole or part of another. */
export function conditionFaults(path: string, written: unknown, own: OwnTraits): readonly Fault[] {
  if (!isMap(written)) return [];
  const inside = ['all', 'any'].flatMap((word) => {
    const several: unknown = written[word];
    return Array.isArray(several) ? several.flatMap((part, at) => conditionFaults(`${path}.${word}[${at}]`, part, own)) : [];
  });
  const { field, not } = written;
  return [
    ...inside,
    ...conditionFaults(`${path}.not`, not, own),
    ...(typeof field === 'string' ? fieldFaults(path, field, written, own) : []),
  ];
}

function fieldFaults(path: string, field: string, written: Written, own: OwnTraits): readonly Fault[] {
  const says = traitFault(field, own);
  if (says !== undefined) return [{ path: `${path}.field`, says }];
  const { is, oneOf } = written;
  const several = (Array.isArray(oneOf) ? oneOf : []) as readonly Code[];
  return [
    ...(is === undefined ? [] : faultAt(`${path}.is`, valueFault(field, String(is as Code), own))),
    ...several.flatMap((value, at) => faultAt(`${path}.oneOf[${at}]`, valueFault(field, String(value), own))),
  ];
}
