/** What the compiler cannot see in the steps of a plan: ids, times, weights, arms. Knows no lead. */
import type { Report } from './check-condition';
import { checkCondition, checkPriority, checkSpan, namePattern } from './check-condition';
import { checkDeed } from './check-deeds';
import { checkTiming } from './check-timing';
import type { Sender } from './effects';
import type { Choose, Plan, Step, Touch, Pool } from './plan';
import { everyStep } from './steps';
import { parseSpan } from './time';

/** A step's id names it in the log, so it is unique within the sequence. */
export function checkStepIds(plan: Plan, report: Report): void {
  const seen = new Map<string, string>();
  for (const { path, step } of everyStep(plan)) {
    if (!namePattern.test(step.id)) report(`${path}.id`, `"${step.id}" is no name; use small letters, digits and dashes`);
    const before = seen.get(step.id);
    if (before !== undefined) report(`${path}.id`, `"${step.id}" is already the id of ${before}`);
    else seen.set(step.id, path);
  }
}

export function checkSteps(plan: Plan, report: Report): void {
  for (const { path, step } of everyStep(plan)) checkStep(plan, step, path, report);
}

function checkStep(plan: Plan, step: Step, path: string, report: Report): void {
  if (step.kind === 'choose') return checkChoice(plan, step, path, report);
  if (step.kind !== undefined) return checkDeed(plan, step, path, report);
  return checkTouch(plan, step, path, report);
}

function checkChoice(plan: Plan, choice: Choose, path: string, report: Report): void {
  checkTiming(plan, choice, path, report);
  if (choice.within !== undefined) checkSpan(choice.within, `${path}.within`, report);
  if (choice.arms.length === 0) return report(`${path}.arms`, 'has no arm; a choice needs at least one');
  const names = new Set<string>();
  choice.arms.forEach((arm, at) => {
    const where = `${path}.arms[${at}]`;
    if (!namePattern.test(arm.name) || arm.name === 'otherwise')
      report(`${where}.name`, `"${arm.name}" is no name for an arm; use small letters, digits and dashes, and not otherwise`);
    if (names.has(arm.name)) report(`${where}.name`, `there are two arms called "${arm.name}"`);
    names.add(arm.name);
    if (arm.when !== undefined) checkCondition(plan, arm.when, `${where}.when`, report);
    if (arm.when === undefined && arm.share === undefined) report(where, 'has neither a condition nor a share; write it as otherwise');
  });
  checkShares(choice, path, report);
}

/** Arms by lot divide the same hundred. */
function checkShares(choice: Choose, path: string, report: Report): void {
  const shares = choice.arms.map(({ share }) => share);
  if (shares.every((share) => share === undefined)) return;
  if (shares.some((share) => share === undefined)) return report(`${path}.arms`, 'give every arm a share, or none');
  if (choice.within !== undefined) report(`${path}.within`, 'says nothing in a choice by lot, which falls at once');
  shares.forEach((share, at) => {
    if (!Number.isInteger(share) || (share ?? 0) < 1) report(`${path}.arms[${at}].share`, 'must be a whole number from 1 to 100');
  });
  const sum = shares.reduce<number>((total, share) => total + (share ?? 0), 0);
  if (sum > 100) report(`${path}.arms`, `the shares sum to ${sum}, more than 100`);
}

const senders = new Set<string>(['brand', 'owner', 'referrer'] satisfies Sender[]);

function checkPool({ every, order, dry, from }: Pool, path: string, report: Report): void {
  if (every !== 'preferred') checkSpan(every, `${path}.every`, report);
  if (every !== 'preferred' && (parseSpan(every) ?? 1) <= 0)
    report(`${path}.every`, 'must be more than nothing, or everything would go at once');
  if (order !== 'priority' && order !== 'newest') report(`${path}.order`, `must be 'priority' or 'newest', not "${String(order)}"`);
  if (dry !== 'wait' && dry !== 'next') report(`${path}.dry`, `must be 'wait' or 'next', not "${String(dry)}"`);
  if (from.kind?.length === 0) report(`${path}.from.kind`, 'names no kind; leave it out for any');
}

function checkTouch(plan: Plan, touch: Touch, path: string, report: Report): void {
  if (touch.after === undefined && touch.at === undefined && touch.on === undefined)
    report(`${path}.after`, 'is missing; say when the touch is due');
  checkTiming(plan, touch, path, report);
  if (touch.when !== undefined) checkCondition(plan, touch.when, `${path}.when`, report);
  if (touch.unless !== undefined) checkCondition(plan, touch.unless, `${path}.unless`, report);
  if (touch.repeatable !== undefined && touch.repeatable !== 'per enrolment') checkSpan(touch.repeatable, `${path}.repeatable`, report);
  if (touch.from !== undefined && !senders.has(touch.from))
    report(`${path}.from`, `must be 'brand', 'owner' or 'referrer', not "${String(touch.from)}"`);
  if (touch.attach !== undefined && touch.attach !== 'calendar-invite')
    report(`${path}.attach`, `must be 'calendar-invite', not "${String(touch.attach)}"`);
  for (const option of ['from', 'attach'] as const)
    if (touch[option] !== undefined && touch.channel !== 'email') report(`${path}.${option}`, 'only says something for a mail');
  if (touch.pool !== undefined) checkPool(touch.pool, `${path}.pool`, report);
  checkPriority(touch.priority, `${path}.priority`, report);
  for (const option of ['ifCapped', 'ifQuiet'] as const) {
    const then = touch[option];
    if (then !== undefined && touch.purpose === 'service')
      report(`${path}.${option}`, 'says nothing in a service message, which neither cap nor night holds');
    if (typeof then === 'object' && then.replace === (touch.content ?? touch.id))
      report(`${path}.${option}.replace`, 'is the content it would replace');
  }
  if (touch.variants === undefined) return;
  checkWeights(touch.variants, path, report);
}

function checkWeights(variants: Readonly<Record<string, number>>, path: string, report: Report): void {
  const weights = Object.entries(variants);
  for (const [variant, weight] of weights) {
    if (!namePattern.test(variant)) report(`${path}.variants`, `"${variant}" is no name; use small letters, digits and dashes`);
    if (!(weight > 0)) report(`${path}.variants.${variant}`, 'must weigh more than 0');
  }
  const sum = weights.reduce((total, [, weight]) => total + weight, 0);
  if (sum !== 100) report(`${path}.variants`, `the weights sum to ${sum}, not to 100`);
}
