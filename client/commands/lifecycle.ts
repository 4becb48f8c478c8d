/** `ripen lifecycle`: the definition that marketing and sales share, and how many people stand where. */
import { qualifications } from '../../events/stripped';
import type { Qualification } from '../../events/stripped';
import type { Model, Settings } from '../../workflows/core';
import { usualLifecycle } from '../../workflows/core/lifecycle';
import type { Sign } from '../../workflows/core/lifecycle';
import { reachedFrom } from '../../workflows/core/qualification';
import { shortTest } from '../../workflows/speech/short-words';
import { qualificationWords } from '../../workflows/speech/words';
import type { Context, Outcome } from '../ports';
import { blocks, section, table } from '../print';
import { publishedView } from '../published';
import { catalogue } from '../publishing';
import { failed, Refusal } from '../refusal';
import { verb } from '../verb';
import type { Cli } from '../verb';

export const addLifecycle = (cli: Cli): void =>
  verb(
    cli,
    {
      usage: 'lifecycle',
      does: 'What suspect, lead, MQL, SQL and so on mean here, by which signs people become it, and how many are what.',
      examples: ['lifecycle', 'lifecycle --json'],
      more: 'The definition is in workflows/settings/workspace.yaml. When and why one person changed: `ripen explain LEAD`.',
    },
    (command) => command,
    lifecycle,
  );

/** The engine's own ways, which no file changes. */
const ways: Readonly<Record<Qualification, string | undefined>> = {
  suspect: 'did something, and is not known by name',
  lead: 'the profile became known, or was put on a sequence',
  mql: undefined,
  sql: 'a hand-off was asked for',
  accepted: 'a rep accepted the hand-off',
  opportunity: 'a rep reached the person',
  customer: 'the hand-off was won, or the profile says so',
  recycled: 'the hand-off was rejected or lost',
  disqualified: undefined,
};

async function lifecycle(context: Context): Promise<Outcome> {
  const { settings, model, running } = await inForce(context);
  const defined = settings.lifecycle ?? usualLifecycle;
  const counts = running ? (await context.people('summary', {})).byQualification : {};
  const rows = qualifications.map((word) => {
    const { says, signs = [] } = defined[word];
    const own = word === 'mql' && model !== undefined ? mqlWord(model) : ways[word];
    const how = [...(own === undefined ? [] : [own]), ...signs.map(signText)];
    return { word, says, how, from: reachedFrom[word], people: counts[word] ?? 0 };
  });
  return {
    says: blocks(
      `Settings ${settings.id}@${settings.version}${running ? '' : ' of this installation (nothing that runs could be asked)'}`,
      ...rows.map(({ word, says, how, from, people }) =>
        section(
          `${qualificationWords[word]}${running ? `: ${people}` : ''}`,
          table(
            ['', { title: '', flexible: true }],
            [
              ['means', says],
              ['by', how.join('; or ')],
              ...(from.length === 0 ? [] : [['from', from.map((one) => qualificationWords[one]).join(', ')]]),
            ],
          )
            .split('\n')
            .slice(2)
            .join('\n'),
        ),
      ),
    ),
    json: { ok: true, settings: `${settings.id}@${settings.version}`, published: running, lifecycle: rows },
  };
}

const signText = ({ says, on, where, grade, after }: Sign): string => {
  const fields = Object.entries(where ?? {}).map(([field, test]) => `${field} ${shortTest(test)}`);
  const more = [
    ...fields,
    ...(grade === undefined ? [] : [`grade ${grade} or better`]),
    ...(after === undefined ? [] : [`nothing like it for ${after}`]),
  ];
  return `${says} (${[on, ...more].join(', ')})`;
};

type InForce = { readonly settings: Settings; readonly model: Model | undefined; readonly running: boolean };

const mqlWord = (model: Model): string =>
  model.kind === 'merodio' ? `pain of ${model.high.pain} and fit of ${model.high.fit} or more` : `score of ${model.mqlAt} or more`;

/** What is published; where nothing runs, the files of this installation. */
async function inForce(context: Context): Promise<InForce> {
  try {
    const published = publishedView((await context.people('published', {})).artefacts);
    if (published !== undefined)
      return { settings: published.settings, model: published.currentModel(published.settings.model)?.model, running: true };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  const { artefacts, faults } = catalogue(context);
  const mine = artefacts.find(({ kind }) => kind === 'settings');
  if (mine === undefined) throw failed(`The settings cannot be read:\n  ${faults.join('\n  ')}`);
  const settings = mine.body as Settings;
  const model = artefacts.find(({ kind, id }) => kind === 'model' && id === settings.model)?.body as Model | undefined;
  return { settings, model, running: false };
}
