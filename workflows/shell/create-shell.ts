/** The loop's parts put together: inbox, effects, timer, visibility, position. Holds what a run carries to the next. */
import { isOfStep } from '../core/effects';
import { condition, isCancellation, log, proxyLocalActivities, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { Answer, Decision, Effect, Fact, Input, LeadState, Outcome, Position } from '../core';
import { evolve } from '../core/evolve';
import { initial } from '../core/initial';
import { upcast } from '../core/upcast';
import type { CommandInput, LeadView } from '../messages';
import type { Decided, DecisionActivities, Folded, OpaqueState } from './decided';
import { createBell } from './bell';
import { lean } from './carried';
import type { Carried } from './carried';
import { createEffects } from './effects';
import { codeOf, pauseAfter, said } from './failures';
import { createHeldTimer } from './held-timer';
import { createHold } from './hold';
import { createInbox } from './inbox';
import type { Shown } from './shown';
import { show } from './visibility';

/** At most so many inputs a decision (PROTOCOL 2). */
const batchSize = 100;
const answerPatience = '15 seconds';
const minuteMs = 60_000;
/** While an effect runs its outcome comes within ten minutes, so a later wake needs no timer yet: saves two history events a touch. */
const effectLifeMs = 10 * minuteMs;
const local = proxyLocalActivities<DecisionActivities>({ startToCloseTimeout: '8 seconds', retry: { maximumAttempts: 1 } });

const heldDetails = '**Being rebuilt: nothing is decided or sent until what was lost is read again.**\n\n';
const nothingVisible = { score: 0, sequences: [], campaigns: [] } as const;

/** `held`: start with decisions and effects held, for a rebuild (PROTOCOL 19). */
export function createShell(leadId: string, carried: Carried | undefined, held = false) {
  const run = workflowInfo().runId;
  const hold = createHold(carried?.hold, carried === undefined && held ? Date.now() : undefined);
  let state: OpaqueState = carried?.state ?? opaque(initial(leadId));
  let position: Position = carried?.position ?? { n: 0, seq: 0, digest: '' };
  let last: Carried['last'] = carried?.last ?? { effects: [], visible: nothingVisible, details: '', resting: false, erased: false };
  let shown: Shown = carried?.shown ?? {};
  let problem = carried?.problem;
  /** Failures in a row; the back-off doubles with each. */
  let problems = carried?.problems ?? 0;
  let loaded = carried !== undefined;
  let heldHere = false;
  /** Others may have decided for this lead: read the log although nothing waits. */
  let lookAsked = carried?.look === true;
  let repairAsked: { by: string; because: string } | undefined;

  const inbox = createInbox(carried?.inbox ?? []);
  const answers = new Map<string, Answer>();
  const awaited = new Set<string>();
  const bell = createBell();
  const push = (input: Input): void => {
    inbox.push(input);
    bell.ring();
  };
  const timer = createHeldTimer(bell.ring);
  const effects = createEffects(leadId, (effect, outcome: Outcome) => push({ kind: 'outcome', id: effect, outcome }));

  const fold = (folded: Folded): void => {
    state = opaque(folded.decision.facts.reduce((folding: LeadState, fact: Fact) => evolve(folding, upcast(fact)), transparent(state)));
    position = { n: folded.decision.n, seq: folded.seq, digest: folded.digest };
    takeConsumed(folded.decision.consumed);
    log.info('decided', {
      leadId,
      n: folded.decision.n,
      facts: folded.decision.facts.map((fact) => fact.type),
      sequences: last.visible.sequences,
      stage: last.visible.stage,
      wakeAt: last.wakeAt,
    });
  };
  const takeConsumed = (consumed: Decision['consumed']): void => {
    inbox.drop(consumed.map((input) => input.id));
    for (const { id, answer } of consumed) if (answer !== undefined && awaited.has(id)) given.push([id, answer]);
  };
  /** Answers are given only after the effects were matched: "paused" must mean that nothing is being sent any more. */
  const given: [string, Answer][] = [];
  const giveAnswers = (): void => given.splice(0).forEach(([id, answer]) => answers.set(id, answer));

  /** A promise only where something must stop first: each costs the sandbox a stack trace. */
  const take = (decided: Decided): Promise<unknown> | undefined => {
    last = decided;
    decided.decisions.forEach(fold);
    takeConsumed(decided.passed);
    position = decided.position;
    if (decided.problem !== undefined) return trouble(decided.problem);
    heldHere = false;
    problem = undefined;
    problems = 0;
    const shows = (): void => {
      giveAnswers();
      present();
      arm();
    };
    if (inbox.size() === 0) hold.caughtUp();
    const stopping = effects.match(hold.effectsWait() ? [] : decided.effects);
    if (stopping !== undefined) return stopping.then(shows);
    shows();
    return undefined;
  };

  const present = (): void => {
    shown = show(shown, last.visible, problem);
    const before = problem === undefined ? '' : `**Problem: ${problem}.** The lead waits and tries again by itself.\n\n`;
    setCurrentDetails(`${before}${hold.effectsWait() ? heldDetails : ''}${last.details}`);
  };
  const arm = (): void => {
    const { wakeAt } = last;
    const held = hold.now();
    if (held?.as === 'held') return timer.arm(held.until, 'go on although nobody released it');
    const later = effects.ids().length > 0 && wakeAt !== undefined && wakeAt - Date.now() > effectLifeMs;
    if (later && !timer.fired()) return;
    timer.arm(later ? undefined : wakeAt, last.visible.waitingFor ?? 'next step');
  };

  /** Nothing is decided for a while, jittered so that a thousand leads do not come back at once. */
  const trouble = async (code: string, says?: string): Promise<void> => {
    problem = code;
    const pause = pauseAfter(code, problems);
    problems += 1;
    log.warn('lead cannot decide', { leadId, problem: code, says, again: pause });
    if (code === 'facts-behind' || code === 'facts-forked') await effects.match([]);
    present();
    timer.arm(Date.now() + Math.round(pause * (0.75 + Math.random() / 2)), `try again after ${code}`);
  };

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (isCancellation(error)) throw error;
      await trouble(codeOf(error), said(error));
    }
  };

  const load = async (): Promise<void> => {
    const { state: folded, ...decided } = await local.loadLead({ leadId, run, now: Date.now() });
    state = folded;
    loaded = true;
    lookAsked = false;
    await take(decided);
  };

  const decide = async (): Promise<void> => {
    hold.expire(Date.now());
    const inputs = inbox.peek(batchSize);
    // Only a decision without inputs reads the log for its own sake.
    if (inputs.length === 0) lookAsked = false;
    const decided = await local.decide({ leadId, run, state, position, inputs, now: Date.now() });
    if (decided.more === true) lookAsked = true;
    const taken = take(decided);
    if (taken !== undefined) await taken;
    if (inputs.length === 0 && decided.decisions.length === 0 && decided.wakeAt !== undefined && decided.wakeAt <= Date.now())
      await trouble('wake-stuck');
  };

  const repair = async (): Promise<void> => {
    const { by, because } = repairAsked ?? { by: 'operator', because: 'repair' };
    const decided = await local.repairLead({ leadId, run, state, position, now: Date.now(), because: `${because} (by ${by})` });
    repairAsked = undefined;
    await take(decided);
  };

  return {
    push,
    look: (): void => void ((lookAsked = true), bell.ring()),
    begin: async () => {
      if (carried === undefined) return attempt(load);
      present();
      if (problem === undefined && !hold.effectsWait()) await effects.match(last.effects);
      arm();
    },
    /** In trouble only the timer, or a repair, makes work: inputs wait in the inbox, and its decision reads the log anyway. */
    hasWork: () =>
      repairAsked !== undefined ||
      timer.fired() ||
      (!hold.waits() && (problem === undefined || problem === 'wake-stuck') && (lookAsked || inbox.size() > 0 || hold.catchesUp())),
    /** Somebody may have made work. */
    rung: bell.next,
    step: (): Promise<void> => attempt(repairAsked !== undefined ? repair : loaded ? decide : load),
    answer: async (command: CommandInput): Promise<Answer> => {
      awaited.add(command.id);
      push(command);
      if (problem !== undefined && command.command.word === 'pause') {
        heldHere = true;
        if (!hold.effectsWait()) await effects.match(last.effects.filter((effect: Effect) => !isOfStep(effect)));
        return { ok: true, says: `Held here: nothing more is sent. Not yet recorded (${problem}); it will be by itself.` };
      }
      await condition(() => answers.has(command.id), answerPatience);
      const answer = answers.get(command.id);
      answers.delete(command.id);
      awaited.delete(command.id);
      return (
        answer ?? {
          ok: true,
          says: `Accepted, pending${problem === undefined ? '' : ` (${problem})`}: it will be decided as soon as the lead can.`,
        }
      );
    },
    repair: async (why: { readonly by: string; readonly because: string }): Promise<Answer> => {
      if (problem !== 'facts-behind' && problem !== 'facts-forked')
        return { ok: false, says: 'This lead agrees with its log; there is nothing to repair.' };
      repairAsked = why;
      bell.ring();
      await condition(() => repairAsked === undefined, answerPatience);
      return problem === undefined
        ? { ok: true, says: 'The log now holds what this lead knows; it goes on.' }
        : { ok: false, says: `Not yet: ${problem}.` };
    },
    release: async (): Promise<Answer> => {
      hold.release();
      bell.ring();
      await condition(() => !hold.effectsWait(), answerPatience);
      return hold.effectsWait()
        ? { ok: false, says: `Released, but not yet decided${problem === undefined ? '' : ` (${problem})`}; the lead goes on by itself.` }
        : { ok: true, says: 'Released: what came in is decided and the lead goes on.' };
    },
    view: (): LeadView => ({
      leadId,
      position,
      inbox: inbox.size(),
      running: effects.ids(),
      wakeAt: last.wakeAt,
      problem: heldHere ? `${problem ?? ''} (held)` : problem,
      ...(hold.effectsWait() ? { held: true } : {}),
    }),
    wakeAt: () => last.wakeAt,
    idle: () => problem === undefined && inbox.size() === 0 && effects.ids().length === 0,
    mayClose: () =>
      !hold.effectsWait() && problem === undefined && inbox.size() === 0 && effects.ids().length === 0 && (last.resting || last.erased),
    effectsRunning: () => effects.ids().length,
    carry: (): Carried => ({
      state,
      position,
      inbox: inbox.all(),
      last: lean(last),
      shown,
      problem,
      problems,
      hold: hold.now(),
      ...(lookAsked ? { look: true } : {}),
    }),
  };
}

const opaque = (state: LeadState): OpaqueState => state as unknown as OpaqueState;
const transparent = (state: OpaqueState): LeadState => state as unknown as LeadState;
