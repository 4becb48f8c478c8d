/** `ripen enrol`: puts one lead into a sequence. */
import { findLead } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { tell, toldOutcome } from '../say';
import { authored, codeOf, collect, verb } from '../verb';
import type { Authored, Cli } from '../verb';

type Options = Authored & {
  readonly sequence: string;
  readonly campaign?: string;
  readonly phase?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly set?: Readonly<Record<string, string>>;
};

export const addEnrol = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'enrol <lead>',
      does: 'Put one person into a sequence.',
      examples: [
        'enrol asha@example.com --sequence buyers-journey',
        'enrol asha@example.com --sequence trial-offer --campaign spring --data plan=team --because "asked on the phone"',
      ],
    },
    (command) =>
      authored(
        command
          .requiredOption('--sequence <id>', 'the sequence, or a version of it: buyers-journey or buyers-journey@2')
          .option('--campaign <name>', 'the campaign this belongs to')
          .option('--phase <name>', 'start in this phase instead of the first')
          .option('--data <name=value>', 'what conditions and messages may use; repeat for more', collect)
          .option('--set <name=value>', 'a setting of the sequence for this campaign (`ripen sequences settings ID` lists them)', collect),
      ),
    enrol,
  );

async function enrol(context: Context, options: Options, who?: string): Promise<Outcome> {
  const found = await findLead(context, who);
  const { sequence, campaign, phase, data, set } = options;
  const command = {
    word: 'enrol' as const,
    sequence,
    ...(campaign === undefined ? {} : { campaign }),
    ...(phase === undefined ? {} : { phase }),
    ...(data === undefined ? {} : { data: codesOf(data) }),
    ...(set === undefined ? {} : { settings: codesOf(set) }),
  };
  return toldOutcome(found, await tell(context, found.leadId, command, options));
}

const codesOf = (values: Readonly<Record<string, string>>): Readonly<Record<string, string | number | boolean>> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, codeOf(value)]));
