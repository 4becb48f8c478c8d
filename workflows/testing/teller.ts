/** What the words of one tale share: its scene, once it has begun, its zone, and what it calls things. Knows no single word. */
import { initial } from '../core';
import type { Command, FactOf, Input, Plan, Published } from '../core';
import { versionOf } from '../speech/words';
import { goodWorld } from '../foresight/provider';
import { openScene } from '../foresight/scene';
import type { Scene } from '../foresight/scene';
import { TaleError } from './tale-error';
import { tellingOf } from './telling';

export type Teller = {
  readonly plan: Plan;
  /** Opened by the first word that needs it. */
  readonly scene: () => Scene;
  /** Something was told. */
  readonly begun: () => boolean;
  readonly startAt: () => number;
  readonly begin: (at: number) => void;
  readonly zone: () => string;
  readonly useZone: (zone: string) => void;
  readonly command: (command: Command, by: string) => void;
  readonly give: (make: (id: string) => Input) => void;
  /** Throws `TaleError` with the tale so far. */
  readonly fail: (says: string) => never;
  readonly mailOf: (touch: string | undefined) => FactOf<'TouchSent'> | undefined;
  /** Touches sent, in order. */
  readonly sent: () => readonly string[];
};

export type Telling = {
  readonly plan: Plan;
  readonly published: Published;
  readonly leadId: string;
  readonly startAt: number;
  readonly zone: string;
  readonly reps: readonly string[];
};

/** Ids of inputs, as the router makes them: 11 characters. */
const idOf = (serial: number): string => `t${String(serial).padStart(10, '0')}`;

export function tellerOf(telling: Telling): Teller {
  const { plan, published, leadId } = telling;
  let { startAt, zone } = telling;
  let opened: Scene | undefined;
  let serial = 0;
  const scene = (): Scene =>
    (opened ??= openScene({ published, state: initial(leadId), startAt, provider: goodWorld(published, telling.reps) }));
  const mails = (): readonly FactOf<'TouchSent'>[] =>
    scene()
      .facts()
      .filter((fact) => fact.type === 'TouchSent');
  const give = (make: (id: string) => Input): void => scene().give(make(idOf((serial += 1))));
  return {
    plan,
    scene,
    give,
    begun: () => opened !== undefined && opened.lines().length > 0,
    startAt: () => startAt,
    begin(at) {
      startAt = at;
      opened = undefined;
    },
    zone: () => zone,
    useZone: (name) => void (zone = name),
    command: (command, by) => give((id) => ({ kind: 'command', id, command, by, because: '' })),
    fail(says) {
      throw new TaleError(`${says}\n\n${tellingOf(scene(), zone)}`);
    },
    mailOf: (touch) => mails().findLast((mail) => touch === undefined || mail.touch === touch),
    sent: () => mails().map(({ touch }) => touch),
  };
}

/** Id of the lead's open enrolment on the sequence. */
export const enrolmentOn = (teller: Teller, sequence: string): string | undefined =>
  Object.entries(teller.scene().state().enrolments).find(([, enrolment]) => idOfSequence(enrolment.sequence) === sequence)?.[0];

/** `saas-trial` of `saas-trial@2#0123456789ab`. */
export const idOfSequence = (ref: string): string => versionOf(ref).split('@', 1)[0] ?? ref;
