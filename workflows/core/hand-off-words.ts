/** What a rep says about a hand-off, and what it means for the lead. */
import { conclude } from './deciding';
import type { Deciding } from './deciding';
import type { FactOf } from './facts';
import type { Command } from './inputs';
import { qualify } from './qualification';
import { settleStage } from './stage-rule';
import { given } from './without';

export type RepWord = Extract<Command, { handOff: number }>['word'];
/** `act` runs after the command and its answer are recorded. */
export type Judged = { readonly ok: boolean; readonly says: string; readonly act?: () => void };

export function judgeRepWord(deciding: Deciding, word: RepWord, number: number): Judged {
  const { handOff, handOffCount } = deciding.state;
  if (handOff?.number !== number)
    return { ok: false, says: number <= handOffCount ? `Hand-off ${number} is closed.` : `There is no hand-off ${number}.` };
  const rep = handOff.rep ?? handOff.before.at(-1);
  switch (word) {
    case 'accept':
      if (rep === undefined) return { ok: false, says: `Hand-off ${number} was not offered to anyone yet.` };
      if (handOff.acceptedAt !== undefined) return { ok: false, says: `Hand-off ${number} was accepted before, by ${rep}.` };
      return { ok: true, says: `Hand-off ${number} is accepted.`, act: () => accept(deciding, rep) };
    case 'contacted':
      if (rep === undefined) return { ok: false, says: `Hand-off ${number} was not offered to anyone yet.` };
      if (handOff.contactedAt !== undefined) return { ok: false, says: `Hand-off ${number} was contacted before.` };
      return { ok: true, says: `The contact in hand-off ${number} is noted.`, act: () => contact(deciding, rep) };
    case 'reject':
      return {
        ok: true,
        says: `Hand-off ${number} is rejected; the lead goes back to nurture.`,
        act: () => closeHandOff(deciding, 'rejected', rep === undefined ? 'called off before a rep had it' : 'rejected by the rep'),
      };
    case 'lost':
      return {
        ok: true,
        says: `Hand-off ${number} is lost; the lead goes back to nurture.`,
        act: () => closeHandOff(deciding, 'lost', 'lost'),
      };
    case 'won':
      return { ok: true, says: `Hand-off ${number} is won; the lead is a customer.`, act: () => closeHandOff(deciding, 'won', 'won') };
  }
}

function accept(deciding: Deciding, rep: string): void {
  const number = deciding.state.handOff?.number;
  if (number === undefined) return;
  conclude(deciding, { type: 'HandOffAccepted', handOff: number, rep });
  qualify(deciding, 'accepted', `accepted by ${rep}`);
}

/** Who contacts has accepted. */
function contact(deciding: Deciding, rep: string): void {
  const { handOff } = deciding.state;
  if (handOff === undefined) return;
  if (handOff.acceptedAt === undefined) accept(deciding, rep);
  conclude(deciding, { type: 'HandOffContacted', handOff: handOff.number, rep });
  qualify(deciding, 'opportunity', `contacted by ${rep}`);
}

/** Nothing where none is open. */
export function closeHandOff(
  deciding: Deciding,
  as: 'rejected' | 'won' | 'lost' | 'withdrawn',
  because: string,
  undone?: FactOf<'HandOffClosed'>['undone'],
): void {
  const { handOff } = deciding.state;
  if (handOff === undefined) return;
  conclude(deciding, { type: 'HandOffClosed', handOff: handOff.number, as, because, ...given('undone', undone) });
  if (as === 'won') qualify(deciding, 'customer', `hand-off ${handOff.number} won`);
  if (as !== 'rejected' && as !== 'lost') return;
  qualify(deciding, 'recycled', `hand-off ${handOff.number} ${as}`);
  settleStage(deciding, `hand-off ${handOff.number} ${as}`, true);
}
