/** A scoring model's file with other points: comments, order and everything else stay as marketing wrote them. Knows no folder. */
import { isMap, isSeq, parseDocument, stringify } from 'yaml';
import type { Model } from '../core/model';

/** `points` by rule id; rules not named stay. Throws where the text is no model. */
export function withPoints(text: string, version: number, points: ReadonlyMap<string, number>): string {
  const document = parseDocument(text);
  const rules = document.get('rules');
  if (!isSeq(rules)) throw new TypeError('a scoring model has rules');
  for (const rule of rules.items) {
    if (!isMap(rule)) continue;
    const to = points.get(String(rule.get('id')));
    if (to !== undefined) rule.set('points', to);
  }
  document.set('version', version);
  return document.toString({ lineWidth: 140 });
}

/** A model that no file is at hand for. */
export const asFile = (model: Model): string => stringify(model, { lineWidth: 140 });
