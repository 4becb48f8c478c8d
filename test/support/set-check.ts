/** Holds the mail server against what was due and against the log: the promise "nobody twice, nobody left out unless listed". Starts nothing. */
import { compare, toldBy } from '../../worker/demo/compare';
import { standing } from '../../worker/demo/standing';
import type { Engine, Imported } from './whole-engine';

export type SetCheck = {
  /** `<content> to <address>`, mails beyond the first; Message-IDs beyond the first. */
  readonly twice: readonly string[];
  /** Due, and neither at the mail server nor listed as uncertain. */
  readonly leftOut: readonly string[];
  readonly uncertain: readonly string[];
  /** Where log and mail server disagree; what is uncertain may be on either side. */
  readonly differences: readonly string[];
};

const repeated = (values: readonly string[]): readonly string[] => values.filter((value, at) => values.indexOf(value) !== at);

export async function setCheck(engine: Engine, leads: readonly Imported[], contents: readonly string[]): Promise<SetCheck> {
  const { sends } = await engine.people('uncertain', {});
  const listed = new Set(sends.map(({ leadId, content }) => `${leadId}/${content.split('@')[0]}`));
  const toLeads = engine.mailbox.mails.filter(({ rep }) => rep === undefined);
  const held = new Set(toLeads.map(({ leadId, content }) => `${leadId}/${content}`));
  const due = leads.flatMap(({ leadId }) => contents.map((content) => `${leadId}/${content}`));
  const unsure = new Set(sends.map(({ leadId, effect }) => `${leadId}/${effect}`));
  const told = toldBy(await engine.log());
  const sure = toLeads.filter(({ leadId, effect }) => !unsure.has(`${leadId}/${effect}`));
  const mails = sure.map((mail) => ({ ...mail, subject: '', links: [], oneClick: true, receivedAt: mail.begunAt, file: '' }));
  return {
    twice: [
      ...repeated(engine.mailbox.mails.map(({ messageId }) => messageId)),
      ...repeated(toLeads.map(({ content, to }) => `${content} to ${to}`)),
    ],
    leftOut: due.filter((one) => !held.has(one) && !listed.has(one)),
    uncertain: [...unsure],
    differences: compare({ ...told, notified: [], uncertain: [] }, mails).differences,
  };
}

/** Effects decided and not ended, as the log tells. */
export async function openEffects(engine: Engine): Promise<readonly string[]> {
  const all = standing();
  for (const stored of await engine.log()) all.add(stored);
  return all.open();
}
