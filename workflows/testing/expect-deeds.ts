/** What is to be true of the steps of a tale that write nothing to the lead: tasks, effects of the engineer's own, news for others. Knows no deed. */
import type { Code } from '../../events/stripped';
import type { Fact, FactOf } from '../core';
import type { Names } from '../core/define-sequence';
import { spoken } from './moments';
import type { Teller } from './teller';
import { whyNot } from './why-not';
import type { Expectations } from './words';

type Done = FactOf<'TaskGiven'> | FactOf<'EffectReturned'> | FactOf<'LeadsTold'>;

export function deedExpectations(teller: Teller): Pick<Expectations<Names, void>, 'isGivenTask' | 'runs' | 'tells'> {
  /** The newest time it was done; fails where that was not since time was last moved. */
  const done = <D extends Done>(type: D['type'], step: string, wanted: string): D => {
    const ofStep = (fact: Fact): fact is Fact & D => fact.type === type && 'touch' in fact && fact.touch === step;
    const recent = teller.scene().recent().findLast(ofStep);
    if (recent !== undefined) return recent;
    const before = teller.scene().facts().findLast(ofStep);
    const but =
      before === undefined ? whyNot(teller, step) : `that was on ${spoken(before.recordedAt, teller.zone())}, before time was last moved`;
    return teller.fail(`${wanted}, but ${but}.`);
  };
  const same = (fields: Readonly<Record<string, Code>>, actual: Readonly<Record<string, Code>>, says: string): void => {
    if (Object.entries(fields).every(([name, code]) => actual[name] === code)) return;
    teller.fail(`${says} ${JSON.stringify(fields)}, but it was ${JSON.stringify(actual)}.`);
  };
  return {
    isGivenTask(task, { to } = {}) {
      const { rep } = done<FactOf<'TaskGiven'>>('TaskGiven', task, `A rep was to be asked to do "${task}"`);
      if (to !== undefined && to !== rep) teller.fail(`"${task}" was to be given to ${to}, but was given to ${rep}.`);
    },
    runs(step, returned = {}) {
      const { data } = done<FactOf<'EffectReturned'>>('EffectReturned', step, `"${step}" was to be done`);
      same(returned, data, `"${step}" was to return`);
    },
    tells(step, data = {}) {
      const { effect } = done<FactOf<'LeadsTold'>>('LeadsTold', step, `"${step}" was to tell others`);
      same(data, toldBy(teller, effect), `"${step}" was to tell of`);
    },
  };
}

function toldBy(teller: Teller, id: string): Readonly<Record<string, Code>> {
  const decided = teller
    .scene()
    .facts()
    .find((fact) => fact.type === 'EffectDecided' && fact.effect.id === id);
  return decided?.type === 'EffectDecided' && decided.effect.type === 'TellLeads' ? decided.effect.data : {};
}
