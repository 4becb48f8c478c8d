/** Values nobody may be scored or sorted by: what a person believes, has or is in the special categories of GDPR, article 9. Knows no field. */
import { wordsOf } from '../core/predict/answers';
import { specialCategory } from '../core/predict/special';

/** Words for people of each kind, in English and German, French and Spanish; of the field's own name `specialCategory` knows. */
const kinds: readonly (readonly [string, RegExp])[] = [
  [
    'religion or belief',
    /^(catholi\w*|protestant\w*|christian\w*|muslim\w*|islam\w*|jew|jews|jewish|judai\w*|hindu\w*|buddhis\w*|sikh\w*|atheis\w*|agnosti\w*|orthodox|mormon\w*|katholi\w*|evangeli\w*|christlich\w*|moslem\w*|judisch\w*|jude|juden|buddhist\w*|konfessionslos|musulman\w*|chretien\w*|catholique\w*|juif|juive|catolic\w*|cristian\w*)$/,
  ],
  [
    'health',
    /^(diabet\w*|cancer|hiv|aids|asthma\w*|depress\w*|epilep\w*|autis\w*|adhd|chronic\w*|wheelchair|blind|deaf|krebs|asthmat\w*|chronisch\w*|rollstuhl\w*|taub|sick|krank|schwerbehindert\w*)$/,
  ],
  ['sexual life', /^(homosexual\w*|heterosexual\w*|bisexual\w*|lesbian\w*|lesbisch\w*|schwul\w*|transgender\w*|transsexu\w*|queer)$/],
  ['ethnic origin', /^(caucasian|hispanic|latino|latina|latinx|roma|sinti|african-american)$/],
  ['political views', /^(republican\w*|democrat\w*|socialis\w*|communis\w*|conservative\w*|cdu|csu|spd|afd|fdp|linke)$/],
];

/** What such a value would be about. */
export function specialValue(value: string): string | undefined {
  const words = wordsOf(value);
  return kinds.find(([, pattern]) => words.some((word) => pattern.test(word)))?.[0] ?? specialCategory(value);
}
