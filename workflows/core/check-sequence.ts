/** What the compiler cannot see in a plan: spans, weights, names, reachability. Also reads plans that came as JSON; knows no lead. */
import type { Fault } from './definition-error';
import type { Report } from './check-condition';
import { checkCondition, checkName, checkOn, checkPercent, checkPriority, checkSpan, namePattern } from './check-condition';
import { checkSettings } from './plan-settings';
import { checkWays } from './check-ways';
import { checkStepIds, checkSteps } from './check-steps';
import { checkAt, fieldPattern } from './check-timing';
import { endOfMoment, momentOf } from './civil';
import type { Phase, Plan } from './plan';
import { everyStep } from './steps';
import { parseSpan } from './time';

/** Every fault of the plan, none where it is sound. */
export function faultsOf(plan: Plan): readonly Fault[] {
  const faults: Fault[] = [];
  const report: Report = (path, says) => faults.push({ path, says });
  checkHead(plan, report);
  const phases = Object.entries(plan.phases);
  if (phases.length === 0) report('phases', 'has no phase; a sequence needs at least one');
  for (const [phase, { touches }] of phases) {
    if (!namePattern.test(phase)) report(`phases.${phase}`, `"${phase}" is no name; use small letters, digits and dashes`);
    if (!Array.isArray(touches)) report(`phases.${phase}.touches`, 'is missing; write [] for none');
  }
  if (faults.some(({ path }) => path.endsWith('.touches'))) return faults;
  checkStepIds(plan, report);
  checkSteps(plan, report);
  for (const [phase, body] of phases) checkPhase(plan, phase, body, report);
  checkReplaces(plan, report);
  checkReachable(plan, report);
  checkWays(plan, report);
  return faults;
}

function checkHead(plan: Plan, report: Report): void {
  if (!namePattern.test(plan.id)) report('id', `"${plan.id}" is no name; use small letters, digits and dashes`);
  if (!Number.isInteger(plan.version) || plan.version < 1) report('version', 'must be a whole number from 1');
  if (plan.model === undefined || plan.model === '') report('model', 'is missing; name the scoring model');
  if (plan.reenter !== 'never' && plan.reenter !== 'always') checkSpan(plan.reenter, 'reenter', report);
  checkCap(plan, report);
  if (plan.who !== undefined) checkCondition(plan, plan.who, 'who', report);
  checkPriority(plan.priority, 'priority', report);
  checkSettings(plan.settings, report);
  if (plan.holdout !== undefined) {
    checkName(plan.holdout.name, 'holdout.name', report);
    checkPercent(plan.holdout.percent, 'holdout.percent', report);
  }
  if (plan.on !== undefined) checkOn(plan.on, 'on', report);
  checkDates(plan, report);
  if (plan.goal !== undefined) checkCondition(plan, plan.goal, 'goal', report);
  plan.exit.forEach((exit, at) => checkCondition(plan, exit, `exit[${at}]`, report));
  plan.entry.forEach((entry, at) => {
    if (plan.phases[entry.to] === undefined) report(`entry[${at}].to`, `there is no phase "${entry.to}"`);
    if (entry.when !== undefined) checkCondition(plan, entry.when, `entry[${at}].when`, report);
  });
  checkHandOffs(plan, report);
}

/** Days are compared in UTC here; the lead's own clock shifts both ends alike. */
function checkDates({ from, until, updates, key }: Plan, report: Report): void {
  const utc = (): number => 0;
  for (const [name, text] of Object.entries({ from, until }))
    if (text !== undefined && momentOf(text, utc) === undefined)
      report(name, `"${text}" is no date; write for example '2026-12-24', or with a time '2026-12-24T18:00'`);
  if (from !== undefined && until !== undefined && (momentOf(from, utc) ?? 0) >= (endOfMoment(until, utc) ?? Infinity))
    report('until', `"${until}" is not after from, "${from}"`);
  if (updates !== undefined && updates.length === 0) report('updates', 'names no event; leave it out');
  if (key !== undefined && !fieldPattern.test(key)) report('key', `"${key}" is no field; name one of the enrolling event or its data`);
}

/** Names on the right are of this version; those on the left of earlier ones, which are not at hand here. */
function checkReplaces({ replaces, phases }: Plan, report: Report): void {
  const steps = new Set(everyStep({ phases }).map(({ step }) => step.id));
  for (const [old, name] of Object.entries(replaces?.phases ?? {}))
    if (phases[name] === undefined) report(`replaces.phases.${old}`, `there is no phase "${name}"`);
  for (const [old, name] of Object.entries(replaces?.steps ?? {}))
    if (!steps.has(name)) report(`replaces.steps.${old}`, `there is no step "${name}"`);
}

function checkCap({ cap }: Plan, report: Report): void {
  if (cap?.account === undefined) return;
  if (!Number.isInteger(cap.account.people) || cap.account.people < 1) report('cap.account.people', 'must be a whole number from 1');
  checkSpan(cap.account.per, 'cap.account.per', report);
}

function checkHandOffs(plan: Plan, report: Report): void {
  const seen = new Set<string>();
  plan.handOff.forEach((rule, at) => {
    const path = `handOff[${at}]`;
    if (seen.has(rule.name)) report(`${path}.name`, `there are two rules called "${rule.name}"`);
    seen.add(rule.name);
    checkCondition(plan, rule.when, `${path}.when`, report);
    if (rule.sla.accept !== undefined) checkSpan(rule.sla.accept, `${path}.sla.accept`, report);
    checkSpan(rule.sla.contact, `${path}.sla.contact`, report);
    if (rule.sla.accept !== undefined && (parseSpan(rule.sla.accept) ?? 0) > (parseSpan(rule.sla.contact) ?? Infinity))
      report(`${path}.sla.accept`, 'is longer than the time to contact');
    if (rule.rearm !== undefined) checkSpan(rule.rearm.after, `${path}.rearm.after`, report);
  });
}

function checkPhase(plan: Plan, name: string, phase: Phase, report: Report): void {
  const path = `phases.${name}`;
  if (phase.exhaustedAt !== undefined) checkAt(phase.exhaustedAt, `${path}.exhaustedAt`, report);
  if (phase.exhaustedAfter === undefined) report(`${path}.exhaustedAfter`, 'is missing; say after how long the phase has run out');
  else checkSpan(phase.exhaustedAfter, `${path}.exhaustedAfter`, report);
  phase.advance.forEach((rule, at) => {
    const where = `${path}.advance[${at}]`;
    checkCondition(plan, rule.when, `${where}.when`, report);
    if (rule.to === undefined && rule.start === undefined && rule.end === undefined && rule.endOther === undefined)
      report(where, 'leads nowhere; give to, start, end or endOther');
    if (rule.endOther?.split('@')[0] === plan.id) report(`${where}.endOther`, 'is this sequence itself; write end');
    if (rule.to !== undefined && (rule.start !== undefined || rule.end !== undefined))
      report(where, 'goes on to a phase and also ends; choose one');
    if (rule.stay === true && rule.start === undefined) report(`${where}.stay`, 'only says something beside start');
    if (rule.to === name) report(`${where}.to`, 'is the phase itself');
    checkTarget(plan, rule.to, `${where}.to`, report);
    checkStart(plan, rule.start, `${where}.start`, report);
  });
  const { exhausted } = phase;
  if (exhausted === undefined) return;
  if (exhausted.to !== undefined && exhausted.start !== undefined)
    report(`${path}.exhausted`, 'goes on to a phase and starts a sequence; choose one');
  if (exhausted.to === name) report(`${path}.exhausted.to`, 'is the phase itself');
  checkTarget(plan, exhausted.to, `${path}.exhausted.to`, report);
  checkStart(plan, exhausted.start, `${path}.exhausted.start`, report);
}

const checkTarget = (plan: Plan, to: string | undefined, path: string, report: Report): void => {
  if (to !== undefined && plan.phases[to] === undefined) report(path, `there is no phase "${to}"`);
};

/** A sequence that starts itself at once would go round for ever. */
function checkStart(plan: Plan, start: string | undefined, path: string, report: Report): void {
  if (start === undefined) return;
  if (start.split('@')[0] === plan.id && (plan.reenter === 'never' || plan.reenter === 'always'))
    report(
      path,
      `starts this sequence itself; with reenter '${plan.reenter}' it ${plan.reenter === 'never' ? 'never could' : 'would go round without a wait'}; give reenter a span`,
    );
}

/** A phase nothing leads to is a mistake in a name. */
function checkReachable(plan: Plan, report: Report): void {
  const open = plan.entry.map(({ to }) => to);
  const first = Object.keys(plan.phases)[0];
  if (first !== undefined && plan.entry.every(({ when }) => when !== undefined)) open.push(first);
  const reached = new Set<string>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const phase = plan.phases[next];
    if (phase === undefined || reached.has(next)) continue;
    reached.add(next);
    for (const { to } of [...phase.advance, phase.exhausted ?? {}]) if (to !== undefined) open.push(to);
  }
  for (const phase of Object.keys(plan.phases))
    if (!reached.has(phase)) report(`phases.${phase}`, 'is never reached: no entry, advance or exhausted leads to it');
}
