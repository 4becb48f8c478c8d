/** What is to be true of where a tale's lead stands: sequences, stage, score, hand-off, what it waits for. Knows no deed. */
import { closenessOf, describeLead, gradeOf, personAt, readScore, temperatureOf } from '../core';
import type { Fact, FactOf } from '../core';
import type { Names } from '../core/define-sequence';
import { msOf } from '../core/time';
import { spoken } from './moments';
import { idOfSequence } from './teller';
import type { Teller } from './teller';
import type { Bound, Expectations, HandedOff } from './words';

type OfMails = 'receives' | 'receivesNothing' | 'hasReceived' | 'received' | 'neverReceives' | 'isNotSent';
type OfDeeds = 'isGivenTask' | 'runs' | 'tells';
type OfStanding = Omit<Expectations<Names, void>, OfMails | OfDeeds>;

export function standingExpectations(teller: Teller): OfStanding {
  const state = () => teller.scene().state();
  const open = () => Object.values(state().enrolments);
  const place = (): string =>
    open().length === 0
      ? 'is in no sequence'
      : `is in ${open()
          .map((each) => `phase ${each.phase} of ${idOfSequence(each.sequence)}`)
          .join(' and ')}`;
  const model = () => teller.scene().published.currentModel(teller.plan.model)?.model;
  const aggregate = () => state().scores[teller.plan.model];
  const expect = (holds: boolean, wanted: string, but: string): void =>
    void (holds || teller.fail(`The lead was to ${wanted}, but ${but.replace(/\.$/, '')}.`));
  const is = <T>(wanted: T, actual: T, what: string): void =>
    expect(wanted === actual, `be ${what} ${String(wanted)}`, `is ${what} ${String(actual ?? 'none')}`);
  const within = (bound: Bound, actual: number, what: string, most: number): void => {
    const { atLeast = 0, atMost = most } = typeof bound === 'number' ? { atLeast: bound, atMost: bound } : bound;
    const wanted = atLeast === atMost ? String(atLeast) : `from ${atLeast} to ${atMost}`;
    expect(actual >= atLeast && actual <= atMost, `have a ${what} of ${wanted}`, `has ${actual}`);
  };

  return {
    isIn: (phase) =>
      expect(
        open().some((each) => each.phase === phase),
        `be in phase ${phase}`,
        place(),
      ),
    takesArm: (choice, arm) => tookArm(teller, choice, arm),
    isOn: (sequence) =>
      expect(
        open().some((each) => idOfSequence(each.sequence) === sequence),
        `be on ${sequence}`,
        place(),
      ),
    isOnNothing: () => expect(open().length === 0, 'be in no sequence', place()),
    hasLeft: (sequence, because = '') => left(teller, sequence, because),
    isAtStage: (stage) => is(stage, state().stage, 'at stage'),
    isQualifiedAs: (qualification) => is(qualification, state().qualification, 'qualified as'),
    hasGrade: (grade) => is(grade, gradeOf(aggregate()), 'of grade'),
    isTemperature: (temperature) => is(temperature, temperatureOf(state(), model()).is, 'a lead that is'),
    hasScore: (bound) => within(bound, readScore(aggregate()), 'score', 100),
    hasPain: (bound) => within(bound, state().pain?.is ?? 0, 'pain', 10),
    hasFit: (bound) => within(bound, closenessOf(personAt(teller.scene().published, state(), teller.scene().now())).fit, 'fit', 10),
    isHandedOff: (how = {}) => handedOff(teller, how),
    isNotHandedOff: () =>
      expect(
        state().handOff === undefined,
        'be with no rep',
        `hand-off ${state().handOff?.number ?? ''} is open (${state().handOff?.rule ?? ''})`,
      ),
    waitsFor: (what, because) => waits(teller, what, because),
    answered(ok, says = '') {
      const last = teller
        .scene()
        .facts()
        .findLast((fact) => fact.type === 'CommandRecorded');
      if (last?.type !== 'CommandRecorded') return teller.fail('Nobody gave this lead a word that it could answer.');
      const { answer } = last;
      expect(
        answer.ok === ok && answer.says.includes(says),
        `answer ${ok ? 'yes' : 'no'}${says === '' ? '' : ` ("${says}")`}`,
        `said ${answer.ok ? 'yes' : 'no'}: ${answer.says}`,
      );
    },
    hasFact(type, fields = {}) {
      const all = teller
        .scene()
        .facts()
        .filter((fact) => fact.type === type);
      const found = all.some((fact) => agrees(fact, fields));
      expect(
        found,
        `have a fact ${type} ${JSON.stringify(fields)}`,
        all.length === 0 ? 'there is none of that type' : `there is only ${all.map((fact) => JSON.stringify(fact)).join('\n')}`,
      );
    },
    hasNoFact: (type) =>
      expect(
        !teller
          .scene()
          .facts()
          .some((fact) => fact.type === type),
        `have no fact ${type}`,
        'there is one',
      ),
  };
}

const agrees = (fact: Fact, fields: object): boolean =>
  Object.entries(fields).every(
    ([name, value]) => JSON.stringify((fact as unknown as Record<string, unknown>)[name]) === JSON.stringify(value),
  );

function left(teller: Teller, sequence: string, because: string): void {
  const facts = teller.scene().facts();
  const own = new Set(
    facts.flatMap((fact) => (fact.type === 'Enrolled' && idOfSequence(fact.sequence) === sequence ? [fact.enrolment] : [])),
  );
  const ends = facts.filter((fact): fact is FactOf<'EnrolmentEnded'> => fact.type === 'EnrolmentEnded' && own.has(fact.enrolment));
  if (ends.some((end) => end.because.includes(because))) return;
  const but =
    own.size === 0
      ? 'was never on it'
      : ends.length === 0
        ? 'is still on it'
        : `left it because: ${ends.map((end) => end.because).join('; ')}`;
  teller.fail(`The lead was to have left ${sequence}${because === '' ? '' : ` because of "${because}"`}, but ${but.replace(/\.$/, '')}.`);
}

function tookArm(teller: Teller, choice: string, arm: string): void {
  const facts = teller.scene().facts();
  const taken = facts.flatMap((fact) => (fact.type === 'BranchTaken' && fact.choice === choice ? [fact.arm] : []));
  if (taken.at(-1) === arm) return;
  const but = taken.length === 0 ? 'the choice was not made yet' : `it took ${taken.join(', then ')}`;
  teller.fail(`The lead was to take arm ${arm} of "${choice}", but ${but.replace(/\.$/, '')}.`);
}

function handedOff(teller: Teller, { by, to, contactWithin, accepted }: HandedOff<Names>): void {
  const { handOff } = teller.scene().state();
  if (handOff === undefined) return teller.fail('The lead was to be handed to a rep, but no hand-off is open.');
  const rule = handOff.rule.split('.').at(-1);
  const faults = [
    by !== undefined && by !== rule ? `by rule ${by}, but it is by ${rule}` : undefined,
    to !== undefined && to !== handOff.rep ? `to ${to}, but it is with ${handOff.rep ?? 'nobody yet'}` : undefined,
    contactWithin !== undefined && handOff.contactBy - handOff.requestedAt !== msOf(contactWithin)
      ? `to be contacted within ${contactWithin}, but the time ends ${spoken(handOff.contactBy, teller.zone())}`
      : undefined,
    accepted !== undefined && accepted !== (handOff.acceptedAt !== undefined)
      ? `${accepted ? '' : 'not '}accepted, but it is${accepted ? ' not' : ''}`
      : undefined,
  ].filter((fault) => fault !== undefined);
  if (faults.length > 0) teller.fail(`The lead was to be handed off ${faults.join('; and ')}.`);
}

function waits(teller: Teller, what: string, because: string | undefined): void {
  const { published, state, now, facts } = teller.scene();
  const { details, attributes } = describeLead(published, state(), now());
  const next = ['is due', 'waits for', 'opens'].some((says) => details.includes(`"${what}" ${says}`));
  const named = attributes.waitingFor === what || next;
  const newest = facts().findLast((fact) => 'touch' in fact && fact.touch === what);
  const held = newest?.type === 'TouchHeld' ? newest.because : undefined;
  if (named && (because === undefined || because === held)) return;
  teller.fail(
    named
      ? `The lead was to wait for "${what}" because of ${because}, but ${held === undefined ? 'it is not held' : `it is held because of ${held}`}.`
      : `The lead was to wait for "${what}", but waits for ${attributes.waitingFor}.`,
  );
}
