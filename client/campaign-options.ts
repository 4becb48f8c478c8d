/** What marketing types about a campaign as the plan of one: rate, holdout, times, rounds. Knows no store. */
import type { CampaignKind, CampaignPlan } from '../events/campaign-requests';
import { wrongUsage } from './refusal';
import { codeOf, momentOf } from './verb';

export type CampaignOptions = {
  readonly sequence?: string;
  readonly content?: string;
  readonly audience: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly rate?: string;
  readonly holdout?: string;
  readonly from?: string;
  readonly until?: string;
  readonly every?: string;
  readonly triggered?: boolean;
};

/** Rounds that have a name, in UTC; anything else is a cron line. */
const rounds: Readonly<Record<string, string>> = { day: '0 9 * * *', week: '0 9 * * 1', month: '0 9 1 * *' };
const cronLine = /^\S+ \S+ \S+ \S+ \S+$/;

/** `sequence`: what people enter. `toEngine`: from a date as typed. Throws wrong usage. */
export function campaignPlan(id: string, sequence: string, options: CampaignOptions, toEngine: (at: number) => number): CampaignPlan {
  const { audience, set, rate, holdout, from, until, every } = options;
  const [begins, ends] = [
    from === undefined ? undefined : toEngine(momentOf(from, '--from')),
    until === undefined ? undefined : toEngine(momentOf(until, '--until')),
  ];
  if (begins !== undefined && ends !== undefined && begins >= ends) throw wrongUsage('--until must be later than --from.');
  return {
    id,
    kind: kindOf(options),
    sequence,
    audience,
    ...(set === undefined ? {} : { settings: Object.fromEntries(Object.entries(set).map(([name, value]) => [name, codeOf(value)])) }),
    ...(rate === undefined ? {} : { perMinute: rateOf(rate) }),
    ...(holdout === undefined ? {} : { holdout: percentOf(holdout) }),
    ...(begins === undefined ? {} : { from: begins }),
    ...(ends === undefined ? {} : { until: ends }),
    ...(every === undefined ? {} : { cron: cronOf(every) }),
  };
}

function kindOf({ every, triggered, from }: CampaignOptions): CampaignKind {
  if (every !== undefined && triggered === true) throw wrongUsage('A campaign is either --every or --triggered.');
  if (every !== undefined && from !== undefined) throw wrongUsage('--every says when rounds begin; leave --from out.');
  return every !== undefined ? 'recurring' : triggered === true ? 'triggered' : 'once';
}

const perMinute: Readonly<Record<string, number>> = { minute: 1, hour: 1 / 60, day: 1 / 1_440 };

function rateOf(text: string): number {
  const match = /^(\d+)\s*\/\s*(minute|hour|day)$/.exec(text.trim());
  const number = Number(match?.[1] ?? 0) * (perMinute[match?.[2] ?? ''] ?? 0);
  if (number > 0) return number;
  throw wrongUsage(`--rate "${text}" should be people in a time: write for example 200/minute, 3000/hour or 500/day.`);
}

function percentOf(text: string): number {
  const match = /^(\d+)\s*%?$/.exec(text.trim());
  const number = match === null ? NaN : Number(match[1]);
  if (number >= 0 && number <= 90) return number;
  throw wrongUsage(`--holdout "${text}" should be a whole percentage from 0 to 90: write for example 10%.`);
}

function cronOf(text: string): string {
  const cron = rounds[text.trim().toLowerCase()] ?? text.trim();
  if (cronLine.test(cron)) return cron;
  throw wrongUsage(`--every "${text}" should be day, week, month, or a cron line such as "0 9 1 * *" (UTC).`);
}
