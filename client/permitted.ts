/** The leads' workflows behind the credential of whoever is at the command line: each word is allowed by the people role first. Knows no command. */
import type { Word } from '../events/access';
import type { Reply } from '../events/requests';
import { awayCode } from './away';
import type { Context, Leads } from './ports';
import { Refusal } from './refusal';

/**
 * `by` of a command is the credential's name where credentials are in force. Where the people role is away, words go on, with a warning: Temporal has its own
 * door, and whoever holds its key needs no command line.
 */
export function permitted(leads: Leads, { people, warn }: Pick<Context, 'people' | 'warn'>): Leads {
  const asked = new Map<Word, Promise<Reply<'permit'>>>();
  const ask = async (word: Word): Promise<Reply<'permit'>> => {
    try {
      return await people('permit', { word });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== awayCode) throw error;
      warn('Whether you may do this could not be asked.');
      return {};
    }
  };
  const permit = (word: Word): Promise<Reply<'permit'>> => {
    const answer = asked.get(word) ?? ask(word);
    asked.set(word, answer);
    return answer;
  };
  return {
    ...leads,
    async command(leadId, command) {
      const { by } = await permit(command.command.word);
      return leads.command(leadId, by === undefined ? command : { ...command, by });
    },
    async terminate(leadId, because) {
      await permit('repair');
      return leads.terminate(leadId, because);
    },
    async startHeld(leadId) {
      await permit('repair');
      return leads.startHeld(leadId);
    },
    async repair(leadId, why) {
      const { by } = await permit('repair');
      return leads.repair(leadId, by === undefined ? why : { ...why, by });
    },
  };
}
