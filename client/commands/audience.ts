/** `ripen audience`: who a question means, how many, why; and questions saved under a name. */
import type { Reply } from '../../events/requests';
import { findLead, nameOfPerson } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, count, section, table, wrapped } from '../print';
import { wrongUsage } from '../refusal';
import { authorOf, family, verb, wholeNumber } from '../verb';
import type { Cli } from '../verb';

const examples = `'stage = awareness and score >= 30 and industry in (software, finance) and not received(pricing) in 30 days'`;
const how = `A question is made of conditions joined by and, or, not and brackets.
\`ripen audience fields\` lists what may be asked.
  stage >= consideration          is known, is unknown      industry in (software, finance)
  received(pricing) in 30 days    clicked(pricing)          did(page.viewed) 3 times in 7 days
  silent for 60 days              created in 14 days        gained 25 points in 14 days
  list(fair)                      segment(big)              persona(maker)
  sequence(trial-offer)           campaign(spring)
Where a question stands, the name of a saved one may stand, too.`;

export function addAudience(cli: Cli): void {
  const parent = family(cli, 'audience', 'Find people by a question: count, sample, save, why; what may be asked.');
  verb(
    cli,
    {
      usage: 'count <question>',
      does: 'How many people it means, and what each condition leaves of them.',
      examples: [`audience count ${examples}`, 'audience count warm-finance --json'],
      more: how,
    },
    (command) => command,
    (context, _, question = '') => counted(context, question),
    parent,
  );
  verb<{ readonly people: string }>(
    cli,
    {
      usage: 'sample <question>',
      does: 'Some of the people it means, picked evenly.',
      examples: [`audience sample 'score >= 50' --people 10`],
    },
    (command) => command.option('--people <number>', 'how many, 200 at most', '20'),
    (context, { people }, question = '') => sample(context, question, wholeNumber(people, '--people')),
    parent,
  );
  verb(
    cli,
    {
      usage: 'why <lead> <question>',
      does: 'Is this person in it, and by which condition: each with what is known.',
      examples: [`audience why asha@example.com 'score >= 30 and not received(pricing) in 30 days'`],
    },
    (command) => command,
    (context, _, who, question = '') => why(context, who, question),
    parent,
  );
  verb<{ readonly says?: string; readonly by?: string; readonly forget?: boolean }>(
    cli,
    {
      usage: 'save <name> [question]',
      does: 'Keep a question under a name; campaigns and other commands take the name.',
      examples: [
        `audience save warm-finance 'score >= 30 and industry = finance' --says "worth a call"`,
        'audience save warm-finance --forget',
      ],
      more: 'It is asked anew whenever it is used. A campaign that was begun keeps the question as it was.',
    },
    (command) =>
      command
        .option('--says <text>', 'what it is for')
        .option('--forget', 'forget the name')
        .option('--by <name>', 'who does this; your user name if not given'),
    save,
    parent,
  );
  verb(cli, { usage: 'list', does: 'The saved questions.', examples: ['audience list'] }, (command) => command, list, parent);
  verb(
    cli,
    {
      usage: 'fields',
      does: 'All that may be asked: fields with their values, segments, lists, sequences, content.',
      examples: ['audience fields'],
    },
    (command) => command,
    fields,
    parent,
  );
}

async function counted(context: Context, question: string): Promise<Outcome> {
  const { query, people, matched, mailable, joined, parts } = await context.people('audienceCount', { query: question });
  const right = (title: string) => ({ title, align: 'right' as const });
  return {
    says: blocks(
      `${count(matched, 'person', 'people')} of ${people}; marketing mail may go to ${mailable} of them.`,
      query === question.trim() ? undefined : wrapped(`The question: ${query}`),
      parts.length < 2
        ? undefined
        : table(
            [{ title: 'condition', flexible: true }, right('meet it'), right(joined === 'or' ? 'together' : 'are left')],
            parts.map(({ said, holds, left }) => [said, holds, left]),
          ),
    ),
    json: { ok: true, query, people, matched, mailable, joined, parts },
  };
}

async function sample(context: Context, question: string, most: number): Promise<Outcome> {
  const { matched, people } = await context.people('audienceSample', { query: question, people: most });
  return {
    says: blocks(
      `${count(matched, 'person', 'people')} in all.`,
      people.length === 0
        ? undefined
        : table(
            [{ title: 'who', flexible: true }, { title: 'company', flexible: true }, 'stage', { title: 'score', align: 'right' }, 'grade'],
            people.map((one) => [
              nameOfPerson({ leadId: one.leadId, person: one }),
              one.company ?? '',
              one.stage ?? '',
              one.score,
              one.grade,
            ]),
          ),
    ),
    json: { ok: true, matched, people: people.map(({ leadId, stage, score, grade }) => ({ leadId, stage, score, grade })) },
  };
}

async function why(context: Context, who: string | undefined, question: string): Promise<Outcome> {
  const found = await findLead(context, who);
  const { holds, query, parts } = await context.people('audienceWhy', { query: question, leadId: found.leadId });
  return {
    says: blocks(
      `${nameOfPerson(found)} is ${holds ? 'in it' : 'not in it'}.`,
      query === question.trim() ? undefined : wrapped(`The question: ${query}`),
      table(
        [{ title: 'condition', flexible: true }, 'holds', { title: 'what is known', flexible: true }],
        parts.map(({ said, holds: yes, seen }) => [said, yes ? 'yes' : 'no', seen ?? 'nothing']),
      ),
    ),
    json: { ok: true, leadId: found.leadId, holds, query, parts },
  };
}

type Saving = { readonly says?: string; readonly by?: string; readonly forget?: boolean };

async function save(context: Context, options: Saving, name = '', question?: string): Promise<Outcome> {
  const { says, forget } = options;
  const by = authorOf(context, options);
  if ((forget === true) === (question !== undefined)) throw wrongUsage('Give a question to keep, or --forget.');
  const ask = question === undefined ? { name, by } : { name, query: question, by, ...(says === undefined ? {} : { says }) };
  const { saved, before } = await context.people('audienceSave', ask);
  const was = before === undefined || before === question ? '' : ` Before it was: ${before}`;
  return {
    says: wrapped(saved ? `Kept as ${name}.${was}` : `Forgotten: ${name}.${was}`),
    json: { ok: true, name, saved, ...(before === undefined ? {} : { before }) },
  };
}

async function list(context: Context): Promise<Outcome> {
  const { audiences } = await context.people('audiences', {});
  return {
    says:
      audiences.length === 0
        ? 'No question is kept yet: `ripen audience save NAME QUESTION`.'
        : table(
            ['name', { title: 'question', flexible: true }, { title: 'for', flexible: true }, 'by'],
            audiences.map(({ name, query, says, by }) => [name, query, says ?? '', by]),
          ),
    json: { ok: true, audiences },
  };
}

async function fields(context: Context): Promise<Outcome> {
  const { fields: known, names } = await context.people('audienceFields', {});
  return {
    says: blocks(
      section(
        'Fields',
        table(['field', 'type', { title: 'what it is', flexible: true }, { title: 'values', flexible: true }], known.map(fieldRow)),
      ),
      ...Object.entries(names).map(([what, all]) =>
        all.length === 0 ? undefined : section(`${what}(...)`, wrapped(`  ${all.join(', ')}`)),
      ),
      how,
    ),
    json: { ok: true, fields: known, names },
  };
}

const fieldRow = ({ name, type, says, values }: Reply<'audienceFields'>['fields'][number]): readonly string[] => [
  name,
  type,
  says,
  (values ?? []).slice(0, 8).join(', ') + ((values?.length ?? 0) > 8 ? ', ...' : ''),
];
