/** Columns nobody may be scored by: beliefs, religion, health, ethnicity, sexual life, political views, union membership, genes and biometrics (GDPR, article 9), found by name in several languages. */
import { wordsOf } from './answers';

const kinds: readonly (readonly [string, RegExp])[] = [
  [
    'religion or belief',
    /^(religio\w*|faith|beliefs?|creed|church|konfession|glaube\w*|weltanschauung|kirche\w*|croyances?|creencias?|geloof\w*|godsdienst|fede|crenca|confession\w*|denomination)$/,
  ],
  [
    'health',
    /^(health|medical|disabilit\w*|disabled|diagnos\w*|disease\w*|illness|sickness|pregnan\w*|allerg\w*|gesundheit\w*|krankheit\w*|behinder\w*|schwanger\w*|sante|maladie|handicap\w*|grossesse|salud|enfermedad\w*|discapacidad\w*|embarazo|gezondheid\w*|ziekte|salute|malattia|saude|doenca|deficiencia)$/,
  ],
  [
    'ethnic origin',
    /^(ethnic\w*|race|racial|ethnie|ethnisch\w*|ethnizit\w*|rasse|hautfarbe|raza|etnia|etnic\w*|etnisch\w*|etniciteit|caste)$/,
  ],
  ['sexual life', /^(sexual\w*|sexuell\w*|sexuel\w*|lgbtq?\w*|gay|seksue\w*|sessual\w*)$/],
  [
    'political views',
    /^(politic\w*|politisch\w*|politik|politique\w*|politiek\w*|politich\w*|voting|votes?|wahlverhalten|parteizugehorigkeit|partisan\w*)$/,
  ],
  ['genes or biometrics', /^(genetic\w*|genom\w*|dna|biometri\w*|fingerprint\w*|genetisch\w*|genetique\w*|fingerabdruck)$/],
];
const union =
  /^(trade|labou?r|workers?) unions?\b|\bunion (member|membership|status)\b|^union$|gewerkschaft|syndica|sindica|sindacat|vakbond/;
/** How well an account does is nobody's health. */
const account =
  /\b(account|customer|client|crm|data|system|financial|lead|deal|pipeline|email|list|domain) (health|sante|salud)\b|\bhealth (score|index|check)\b/;
/** A race that is run. */
const sport = /\brace (time|distance|result|day|bike|car)\b|\b(horse|bike|car|road) race\b/;

/** What a column of this name is about, where nobody may be scored by it. */
export function specialCategory(column: string): string | undefined {
  const words = wordsOf(column);
  const name = words.join(' ');
  if (union.test(name)) return 'union membership';
  if (account.test(name) || sport.test(name)) return undefined;
  return kinds.find(([, pattern]) => words.some((word) => pattern.test(word)))?.[0];
}
