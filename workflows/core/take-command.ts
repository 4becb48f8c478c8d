/** Words of operators, marketing and reps: judged first, recorded with their answer, then done. */
import { conclude, isKnown, record } from './deciding';
import type { Deciding } from './deciding';
import { draftOf } from './draft';
import { enrol } from './enrol';
import { askAgain } from './hand-off-rules';
import { judgeRepWord } from './hand-off-words';
import type { Judged } from './hand-off-words';
import type { Plan } from './plan';
import type { Stage } from '../../events/stripped';
import type { Command, Input } from './inputs';
import { endEnrolment, enterPhase } from './movement';
import { planOf } from './deciding';
import { judgeRescore } from './rescore';
import { judgeRetract } from './retract';
import { settleStage } from './stage-rule';
import { suppress } from './take-engaged';
import { judgeUpgrade } from './versions';

type CommandInput = Extract<Input, { kind: 'command' }>;

export function takeCommand(deciding: Deciding, input: CommandInput): void {
  if (isKnown(deciding, input.id)) return;
  const { id, command, by, because } = input;
  if (command.word === 'enrol') return takeEnrol(deciding, input, command);
  const { ok, says, act } = judge(deciding, command, by, because);
  conclude(deciding, { type: 'CommandRecorded', id, command, by, because, answer: { ok, says } });
  act?.();
}

/** The answer names what enrolment made, so it is tried on the side first; facts follow the command that caused them. */
function takeEnrol(deciding: Deciding, { id, by, because }: CommandInput, command: Extract<Command, { word: 'enrol' }>): void {
  const current = deciding.published.currentPlan(command.sequence);
  const trial: Deciding = { ...deciding, facts: [], state: draftOf(deciding.state), open: undefined };
  const made =
    current === undefined
      ? { refused: `There is no sequence "${command.sequence}".` }
      : enrol(trial, {
          ...current,
          campaign: command.campaign,
          data: command.data ?? {},
          settings: command.settings,
          phase: command.phase ?? phaseServing(current.plan, command.stage),
          because: `enrolled by ${by}`,
        });
  const answer =
    'refused' in made
      ? { ok: false, says: made.refused }
      : { ok: true, says: `Enrolled in ${current?.plan.id ?? ''}@${current?.plan.version ?? 0}, phase ${made.phase} (${made.enrolled}).` };
  conclude(deciding, { type: 'CommandRecorded', id, command, by, because, answer });
  for (const fact of trial.facts) record(deciding, fact);
}

/** `undefined` where no phase says it serves the stage: then the plan says where one begins. */
const phaseServing = (plan: Plan, stage: Stage | undefined): string | undefined =>
  stage === undefined ? undefined : Object.keys(plan.phases).find((name) => plan.phases[name]?.stage === stage);

function judge(deciding: Deciding, command: Exclude<Command, { word: 'enrol' }>, by: string, because: string): Judged {
  const { state } = deciding;
  switch (command.word) {
    case 'end':
      return judgeEnrolment(deciding, command.enrolment, (id) => ({
        ok: true,
        says: `${id} is ended.`,
        act: () => endEnrolment(deciding, id, `ended by ${by}`),
      }));
    case 'leave':
      return judgeLeave(deciding, command.campaign, by);
    case 'move':
      return judgeEnrolment(deciding, command.enrolment, (id) => judgeMove(deciding, id, command.phase, by));
    case 'upgrade':
      return judgeEnrolment(deciding, command.enrolment, (id) => judgeUpgrade(deciding, id, command, by));
    case 'pause':
      if (state.paused !== undefined) return { ok: false, says: 'The lead is paused already.' };
      return {
        ok: true,
        says: 'Paused: nothing is sent until it is resumed.',
        act: () => conclude(deciding, { type: 'LeadPaused', by, because }),
      };
    case 'resume':
      if (state.paused === undefined) return { ok: false, says: 'The lead is not paused.' };
      return { ok: true, says: 'Resumed.', act: () => conclude(deciding, { type: 'LeadUnpaused', by, because }) };
    case 'suppress':
      if (state.suppressed[command.channel] !== undefined) return { ok: false, says: `${command.channel} is suppressed already.` };
      return { ok: true, says: `Nothing more is sent (${command.channel}).`, act: () => suppress(deciding, command.channel, 'operator') };
    case 'unsuppress':
      if (state.suppressed[command.channel] === undefined) return { ok: false, says: `${command.channel} is not suppressed.` };
      return {
        ok: true,
        says: `The suppression of ${command.channel} is lifted.`,
        act: () => conclude(deciding, { type: 'Unsuppressed', channel: command.channel, because: 'operator' }),
      };
    case 'settle':
      if (!state.uncertain.includes(command.effect)) return { ok: false, says: `${command.effect} is not uncertain.` };
      return {
        ok: true,
        says: `${command.effect} is settled as ${command.sent ? 'sent' : 'not sent'}.`,
        act: () => conclude(deciding, { type: 'UncertainSettled', effect: command.effect, sent: command.sent, by }),
      };
    case 'rescore':
      return judgeRescore(deciding, command.model, command.quiet === true);
    case 'retract':
      return judgeRetract(deciding, command.event, by, because);
    case 'absorb': {
      const { from, throughN, digest, had } = command;
      return {
        ok: true,
        says: `${from} is the same person; what it was sent counts here.`,
        act: () => conclude(deciding, { type: 'LeadAbsorbed', from, throughN, digest, had }),
      };
    }
    case 'nudge':
      return { ok: true, says: 'Looked again.', act: () => askAgain(deciding) };
    case 'erase':
      return { ok: true, says: 'The person is erased.', act: () => conclude(deciding, { type: 'LeadErased', by, because }) };
    default:
      return judgeRepWord(deciding, command.word, command.handOff);
  }
}

/** People name an enrolment by its number or by its sequence. */
function judgeEnrolment(deciding: Deciding, name: string, then: (id: string) => Judged): Judged {
  const { enrolments } = deciding.state;
  const id = name in enrolments ? name : Object.keys(enrolments).find((one) => enrolments[one]?.sequence.split('@', 1)[0] === name);
  return id === undefined ? { ok: false, says: `The lead is not in "${name}".` } : then(id);
}

function judgeLeave(deciding: Deciding, campaign: string, by: string): Judged {
  const ids = Object.entries(deciding.state.enrolments).flatMap(([id, one]) => (one.campaign === campaign ? [id] : []));
  if (ids.length === 0) return { ok: false, says: `The lead is in no sequence of campaign "${campaign}".` };
  return {
    ok: true,
    says: `${ids.join(', ')} ended.`,
    act: () => ids.forEach((id) => endEnrolment(deciding, id, `campaign ended by ${by}`)),
  };
}

function judgeMove(deciding: Deciding, id: string, phase: string, by: string): Judged {
  const enrolment = deciding.state.enrolments[id];
  if (enrolment === undefined || !planOf(deciding.published, enrolment).phases.has(phase))
    return { ok: false, says: `There is no phase "${phase}" in ${enrolment?.sequence.split('#', 1)[0] ?? id}.` };
  const act = (): void => {
    enterPhase(deciding, id, phase, `moved by ${by}`);
    settleStage(deciding, `moved by ${by}`, true);
  };
  return { ok: true, says: `${id} is moved to ${phase}.`, act };
}
