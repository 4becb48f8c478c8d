/** Tells a lead's story without a server: runs the pure core, answers its effects as the world would, and moves time instead of waiting. */
import { decide, fold, initial, nextWake, outstanding } from '../../workflows/core';
import type { Effect, Fact, FactOf, FactType, Input, LeadState, Model, Outcome, Plan, Published, Settings } from '../../workflows/core';
import { msOf, type Span } from '../../workflows/core/time';
import type { Code, Traits } from '../../events/stripped';
import { readSettings } from '../../workflows/settings/load';
import { shipped } from '../../worker/paths';
import { engagementTypes, type EngagementType, type FieldsOf } from '../../events/engagement';

/** A Monday morning at ten, UTC: no quiet hours in the way of a tale's first sentence. */
export const mondayAt = Date.UTC(2026, 0, 5, 10);

export type TaleOptions = {
  readonly plans: readonly Plan[];
  readonly model: Model;
  readonly settings: Settings;
  readonly traits?: Traits;
  /** How each send ends; `sent` where it says nothing. */
  readonly sending?: (content: string) => Outcome | undefined;
};

/** The scoring model and settings this repository ships. */
export function shippedRules(): { readonly model: Model; readonly settings: Settings } {
  const { artefacts, faults } = readSettings(shipped('workflows', 'settings'));
  const bodyOf = (kind: string): unknown => artefacts.find((artefact) => artefact.kind === kind)?.body;
  if (faults.length > 0) throw new Error(`the shipped settings are faulty: ${JSON.stringify(faults)}`);
  return { model: bodyOf('model') as Model, settings: bodyOf('settings') as Settings };
}

export type Tale = ReturnType<typeof beginTale>;

/** The person is known, has consented, and is on no sequence yet. */
export function beginTale({ plans, model, settings, traits = {}, sending }: TaleOptions) {
  const published = publishedFor(plans, model, settings);
  const told: Fact[] = [];
  let now = mondayAt;
  let ids = 0;
  let state: LeadState = initial('tale');

  const take = (inputs: readonly Input[]): readonly Fact[] => {
    const facts = decide(published, state, inputs, now);
    state = fold(state, facts);
    told.push(...facts);
    for (const effect of outstanding(state)) take([{ kind: 'outcome', id: effect.id, outcome: outcomeOf(effect, sending) }]);
    return facts;
  };
  const nextId = (): string => String((ids += 1)).padStart(11, '0');
  const factsOf = <T extends FactType>(type: T): readonly FactOf<T>[] => told.filter((fact): fact is FactOf<T> => fact.type === type);
  const engaged = (
    type: EngagementType,
    data: Readonly<Record<string, Code>>,
    mail: { readonly effect?: string; readonly content?: string } = {},
  ): void => {
    const id = nextId();
    take([{ kind: 'engaged', id, event: { id, type, occurredAt: now, actor: 'human', data, ...mail } }]);
  };

  take([{ kind: 'profiled', id: 'p1', version: 1, occurredAt: now, traits, consent: { email: 'granted' } }]);
  return {
    enrols(sequence: string): void {
      take([{ kind: 'command', id: nextId(), command: { word: 'enrol', sequence }, by: 'tale', because: 'the tale begins' }]);
    },
    /** Time passes; everything that falls due on the way happens at its moment. */
    later(span: Span): void {
      const end = now + msOf(span);
      for (let steps = 0; ; steps += 1) {
        if (steps > 1_000) throw new Error(`nothing moves on at ${new Date(now).toISOString()}`);
        const wake = nextWake(published, state);
        if (wake === undefined || wake > end) break;
        now = Math.max(now, wake);
        take([]);
      }
      now = end;
    },
    does: <T extends EngagementType>(type: T, data: FieldsOf<T>): void => engaged(type, data as Readonly<Record<string, Code>>),
    /** A person clicks in the newest mail of this content. */
    clicks(content: string): void {
      const mail = factsOf('TouchSent').findLast((sent) => sent.content.startsWith(`${content}@`));
      if (mail === undefined)
        throw new Error(
          `there is no mail "${content}" to click in; there are ${factsOf('TouchSent')
            .map((sent) => sent.content)
            .join(', ')}`,
        );
      engaged('email.clicked', { link: 'first' }, { effect: mail.effect, content: mail.content });
    },
    rep(word: 'accept' | 'contacted' | 'reject' | 'won' | 'lost'): void {
      take([{ kind: 'command', id: nextId(), command: { word, handOff: state.handOffCount }, by: 'ana', because: 'the rep says so' }]);
    },
    facts: factsOf,
    /** Content ids sent, in order. */
    mails: (): readonly string[] => factsOf('TouchSent').map(({ content }) => content.split('@')[0] ?? ''),
    /** Engine day, counted from 0, on which the content was sent. */
    dayOf: (content: string): number | undefined => {
      const sent = factsOf('TouchSent').find((fact) => fact.content.startsWith(`${content}@`));
      return sent === undefined ? undefined : Math.floor((sent.recordedAt - mondayAt) / msOf('1 day'));
    },
    stage: () => state.stage,
    qualification: () => state.qualification,
    /** Sequence ids of the open enrolments. */
    on: (): readonly string[] => Object.values(state.enrolments).map(({ sequence }) => sequence.split('@')[0] ?? ''),
    phase: (): string | undefined => Object.values(state.enrolments)[0]?.phase,
    endings: (): readonly string[] => factsOf('EnrolmentEnded').map(({ because }) => because),
  };
}

function outcomeOf(effect: Effect, sending: TaleOptions['sending']): Outcome {
  switch (effect.type) {
    case 'SendTouch':
      return sending?.(effect.content) ?? { as: 'sent', content: `${effect.content}@1#tale` };
    case 'AssignRep':
      return { as: 'assigned', rep: 'ana' };
    case 'NotifyRep':
      return { as: 'notified' };
  }
}

/** What is published in the tale: the newest of everything, and every content there could be. */
function publishedFor(plans: readonly Plan[], model: Model, settings: Settings): Published {
  const entries = plans.map((plan) => ({ ref: `${plan.id}@${plan.version}#tale`, plan }));
  const modelRef = `${model.id}@${model.version}#tale`;
  const starters = new Map(
    Object.keys(engagementTypes).map(
      (type) => [type, entries.filter(({ plan }) => plan.on?.kind === 'engaged' && plan.on.type === type)] as const,
    ),
  );
  return {
    plan: (ref) => entries.find((entry) => entry.ref === ref)?.plan,
    currentPlan: (id) => entries.find(({ plan }) => plan.id === id || `${plan.id}@${plan.version}` === id),
    enrolledBy: (type) => starters.get(type) ?? [],
    model: (ref) => (ref === modelRef ? model : undefined),
    currentModel: (id) => (id === model.id ? { ref: modelRef, model } : undefined),
    content: (id) => ({ id, version: 1, digest: 'tale', kind: 'tale' }),
    settings,
    calendar: { offset: () => 0 },
  };
}
