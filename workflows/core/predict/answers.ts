/** When two cells are the same answer, and when a cell is no answer at all. Knows single cells only. */

/** Case, width and runs of spaces do not make another answer. */
export const keyOf = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** What forms and exports write where nobody answered. */
const placeholders: ReadonlySet<string> = new Set(
  `na|n/a|n.a.|#n/a|nan|null|nil|none|(none)|undefined|missing|blank|(blank)|empty|unknown|not known|not available|not provided|not specified|not applicable
  |not set|not answered|no answer|no response|unspecified|tbd|?|k.a.|k. a.|keine angabe|keine|unbekannt|nicht angegeben|inconnu|non renseigné|non spécifié
  |desconocido|sin respuesta|no especificado|onbekend|niet ingevuld|geen|sconosciuto|desconhecido|\\n`
    .split('|')
    .map((text) => text.trim()),
);
const prompt =
  /^[-–—*<([. ]*(please |bitte |veuillez )?(select|choose|pick|auswählen|wählen|choisir|sélectionner?|seleccion[ae]r?|kies)\b.{0,30}$/;

export type NoAnswer = 'empty' | 'placeholder';

/** `undefined`: it is an answer. */
export function noAnswer(text: string): NoAnswer | undefined {
  const key = keyOf(text);
  if (key === '') return 'empty';
  return placeholders.has(key) || prompt.test(key) || /^[-–—_.?*#/\\]+$/.test(key) ? 'placeholder' : undefined;
}

/** The words of a column's name: `leadLost_Reason` is lead, lost, reason; accents go. */
export const wordsOf = (name: string): readonly string[] =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
