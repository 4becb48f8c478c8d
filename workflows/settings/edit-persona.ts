/** The settings' file with one persona more: comments, order and everything else stay as marketing wrote them. Knows no folder. */
import { isMap, parseDocument, stringify } from 'yaml';
import type { Draft } from '../foresight/persona';

const width = { lineWidth: 140 };

/** As it stands under `personas`, indented. */
export const personaText = (name: string, draft: Draft): string =>
  stringify({ [name]: draft }, width)
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');

/** With the next version number, or why not. */
export function withPersona(text: string, name: string, draft: Draft): { readonly text: string } | { readonly says: string } {
  const document = parseDocument(text);
  const version: unknown = document.errors.length > 0 || !isMap(document.contents) ? undefined : document.get('version');
  if (typeof version !== 'number' || !document.has('quietHours')) return { says: 'holds no settings of a workspace' };
  if (document.hasIn(['personas', name])) return { says: `has a persona "${name}" already; choose another name` };
  document.set('version', version + 1);
  document.setIn(['personas', name], document.createNode(draft));
  return { text: document.toString(width) };
}
