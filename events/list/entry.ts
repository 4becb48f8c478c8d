/** Where in the buyer's journey somebody of a list stands already, from what the list says of them. Rules are data of the settings; pure. */
import type { Stage } from '../stripped';
import type { RowPerson } from './row';

/** Words looked for in the columns stage, source, interest and expected purchase; the first rule that finds one decides. */
export type EntryRule = { readonly stage: Exclude<Stage, 'customer'>; readonly words: readonly string[] };

export const usualEntry: readonly EntryRule[] = [
  {
    stage: 'decision',
    words: [
      'decision',
      'trial',
      'demo',
      'pricing',
      'price list',
      'quote',
      'proposal',
      'contract',
      'opportunity',
      'negotiation',
      'sql',
      'special offer',
      'this month',
      'immediately',
    ],
  },
  {
    stage: 'consideration',
    words: [
      'consideration',
      'webinar',
      'white paper',
      'whitepaper',
      'case study',
      'comparison',
      'evaluation',
      'mql',
      'referral',
      'this quarter',
    ],
  },
];

const plain = (text: string): string => ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `;

/** `undefined`: nothing is known, so the sequence begins where it begins. */
export function entryStage(rules: readonly EntryRule[], { profile, stage }: RowPerson): EntryRule['stage'] | undefined {
  const said = [stage, profile.source, profile.interest, profile.purchase].flatMap((text) => (text === undefined ? [] : [plain(text)]));
  if (said.length === 0) return undefined;
  return rules.find(({ words }) => words.some((word) => said.some((text) => text.includes(plain(word)))))?.stage;
}
