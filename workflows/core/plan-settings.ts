/** What a marketer may change of a sequence for one campaign: its fields, the values of an enrolment, and what is wrong with one. Knows no lead. */
import type { Code } from '../../events/stripped';
import type { Report } from './check-condition';
import { parseSpan } from './time';
import type { Span } from './time';

/** `says`: what the value is for, in a sentence a marketer reads. */
export type PlanSetting = { readonly says: string } & (
  | { readonly kind: 'number'; readonly default: number; readonly min?: number; readonly max?: number }
  | { readonly kind: 'text'; readonly default: string }
  | { readonly kind: 'choice'; readonly default: string; readonly options: readonly string[] }
  | { readonly kind: 'flag'; readonly default: boolean }
  | { readonly kind: 'span'; readonly default: Span; readonly min?: Span; readonly max?: Span }
);
export type PlanSettings = Readonly<Record<string, PlanSetting>>;
type Values = Readonly<Record<string, Code>>;

const mostText = 64;
/** What a value is called in the data of an enrolment and in conditions: `settings.bonus`. */
export const settingKey = (name: string): string => `settings.${name}`;

/** What is wrong with the value, to follow its name; `undefined` where it is right. */
export function faultOfValue(setting: PlanSetting, value: Code): string | undefined {
  switch (setting.kind) {
    case 'number':
      return typeof value === 'number' ? outside(value, setting.min, setting.max, String) : 'must be a number';
    case 'text':
      return typeof value === 'string' && value.length <= mostText ? undefined : `must be a text of at most ${mostText} characters`;
    case 'choice':
      return setting.options.some((option) => option === value) ? undefined : `must be one of ${setting.options.join(', ')}`;
    case 'flag':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'span': {
      const ms = typeof value === 'string' ? parseSpan(value) : undefined;
      if (ms === undefined) return "must be a span such as '3 days'";
      const [min, max] = [setting.min, setting.max].map((bound) => (bound === undefined ? undefined : parseSpan(bound)));
      return outside(ms, min, max, (bound) => (bound === min ? (setting.min ?? '') : (setting.max ?? '')));
    }
  }
}

function outside(value: number, min: number | undefined, max: number | undefined, word: (bound: number) => string): string | undefined {
  if (min !== undefined && value < min) return `must be at least ${word(min)}`;
  return max !== undefined && value > max ? `must be at most ${word(max)}` : undefined;
}

/** Sentences about values that were asked for and cannot be. */
export const faultsOfValues = (settings: PlanSettings = {}, asked: Values = {}): readonly string[] =>
  Object.entries(asked).flatMap(([name, value]) => {
    const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
    if (setting === undefined) return [`there is no setting "${name}"; there is ${Object.keys(settings).join(', ') || 'none'}`];
    const fault = faultOfValue(setting, value);
    return fault === undefined ? [] : [`"${name}" ${fault}`];
  });

/** The data of an enrolment with a value for every setting, those of another sequence left behind. */
export function withSettings(data: Values, settings: PlanSettings = {}, asked: Values = {}): Values {
  const own = Object.entries(data).filter(([name]) => !name.startsWith('settings.'));
  const values = Object.entries(settings).map(([name, setting]) => [settingKey(name), asked[name] ?? setting.default] as const);
  return Object.fromEntries([...own, ...values]);
}

export function checkSettings(settings: PlanSettings = {}, report: Report): void {
  for (const [name, setting] of Object.entries(settings)) {
    const path = `settings.${name}`;
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) report(path, `"${name}" is no name for a setting; use letters and digits, a small letter first`);
    if (setting.says.trim() === '') report(`${path}.says`, 'is empty; say what a marketer changes with it');
    if (setting.kind === 'choice' && setting.options.length < 2) report(`${path}.options`, 'leave nothing to choose');
    const fault = faultOfValue(setting, setting.default);
    if (fault !== undefined) report(`${path}.default`, fault);
  }
}
