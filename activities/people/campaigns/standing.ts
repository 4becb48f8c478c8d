/** How a campaign stands, in numbers and in a sentence for the Temporal UI. Knows no step. */
import type { MemberState } from '../../../events/campaign-requests';
import type { Client } from '../database';
import { memberCounts } from './members';

/** Moments are the engine's clock. */
export type Why =
  | { readonly as: 'asked' }
  | { readonly as: 'early' | 'running' | 'looking' | 'ending'; readonly at: number }
  | { readonly as: 'paused' | 'stopped' | 'done'; readonly because: string };

export type Standing = {
  readonly as: Why['as'];
  readonly says: string;
  /** Asked in this step. */
  readonly asked: number;
  /** When there is something to do, engine's clock; absent = when somebody says so. */
  readonly at?: number;
  readonly members: Readonly<Partial<Record<MemberState, number>>>;
};

export async function standing(client: Client, id: string, why: Why, asked: number): Promise<Standing> {
  const members = (await memberCounts(client, [id])).get(id) ?? {};
  const total = Object.values(members).reduce((sum, people) => sum + people, 0);
  const progress = `${members.enrolled ?? 0} of ${total} enrolled, ${members.waiting ?? 0} waiting, ${members.refused ?? 0} refused, ${members['left-out'] ?? 0} left out, ${members['held-out'] ?? 0} held out.`;
  return { as: why.as, says: `${sentence(why)} ${progress}`, asked, ...('at' in why ? { at: why.at } : {}), members };
}

function sentence(why: Why): string {
  switch (why.as) {
    case 'asked':
      return 'Waits for a second person to approve it.';
    case 'early':
      return `Begins ${new Date(why.at).toISOString()}.`;
    case 'running':
      return 'Enrolling.';
    case 'looking':
      return 'Everybody there is was asked; looks for newcomers.';
    case 'ending':
      return 'Stopped; those it had enrolled are taken out.';
    case 'paused':
      return `Paused: ${why.because}.`;
    case 'stopped':
      return `Stopped${why.because === '' ? '' : `: ${why.because}`}.`;
    case 'done':
      return `Done: ${why.because}.`;
  }
}
