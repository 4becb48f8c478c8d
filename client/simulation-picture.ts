/** A simulation's report as people read it: volumes, stages, touches, what waited, hand-offs, and what nobody received. Knows no rules. */
import type { Held, Report } from '../workflows/core/simulate/report';
import { blocks, count, section, table, wrapped } from './print';
import { daysPerBar, spark, sum } from './spark';

const dayMs = 86_400_000;
const right = (title: string) => ({ title, align: 'right' }) as const;
const whole = (number: number | undefined): string => (number === undefined || number === 0 ? '' : number.toLocaleString('en'));
const share = (part: number, of: number): string => (of === 0 ? '' : `${((part * 100) / of).toFixed(1)}%`);

export function pictureOf(report: Report): string {
  return blocks(
    wrapped(headline(report)),
    section(`Day by day (one bar is ${count(daysPerBar(report.days), 'day')})`, sparks(report)),
    section('In figures', figures(report)),
    section('How far they came', funnel(report)),
    section('Messages', touches(report)),
    section('What waited, and what was not sent', heldTable(report)),
    section('Hand-offs', handOffs(report)),
    section('What nobody received', nobody(report)),
  );
}

function headline({ leads, days, seed, from, sequences, touches: sent, engagement, perLead }: Report): string {
  const [first = '', ...others] = sequences.map((ref) => ref.split('#', 1)[0] ?? ref);
  const started = others.length === 0 ? '' : ` and what it starts (${others.join(', ')})`;
  const until = day(from + (days - 1) * dayMs);
  return [
    `${count(leads, 'simulated lead')} on ${first}${started} over ${count(days, 'day')}, ${day(from)} to ${until}, seed ${seed}. Nobody was written to.`,
    `${count(sent, 'message')} were sent, ${(sent / Math.max(1, leads)).toFixed(1)} a lead (${bands(perLead)}). ${share(engagement.leads, leads) || '0%'} of them did something of their own.`,
  ].join('\n');
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** `none: 3, 1 to 4: 20, 5 to 8: 77`. */
function bands(perLead: Report['perLead']): string {
  const most = Math.max(0, ...Object.keys(perLead).map(Number));
  const size = Math.max(1, Math.ceil(most / 4));
  const of = (from: number, to: number): number =>
    sum(Object.entries(perLead).map(([mails, leads]) => (Number(mails) >= from && Number(mails) <= to ? leads : 0)));
  const parts = [`none: ${of(0, 0).toLocaleString('en')}`];
  for (let from = 1; from <= most; from += size) {
    const to = Math.min(most, from + size - 1);
    parts.push(`${from === to ? from : `${from} to ${to}`}: ${of(from, to).toLocaleString('en')}`);
  }
  return parts.join(', ');
}

const flows = [
  ['joined', 'joined'],
  ['marketing', 'marketing'],
  ['service', 'service'],
  ['engaged', 'engagement'],
  ['withheld', 'not sent'],
  ['handOffs', 'hand-offs'],
  ['customers', 'customers'],
] as const;

function sparks({ perDay, stagesPerDay, from }: Report): string {
  const flow = flows.map(([series, title]) => {
    const days = perDay[series] ?? [];
    const most = Math.max(...days);
    const note =
      most === 0
        ? 'none'
        : `${count(sum(days), 'in all', 'in all')}, most ${most.toLocaleString('en')} on ${day(from + days.indexOf(most) * dayMs)}`;
    return row(title, spark(days, 'flow'), note);
  });
  const stages = Object.entries(stagesPerDay).map(([stage, days]) =>
    row(stage, spark(days, 'standing'), `${(days.at(-1) ?? 0).toLocaleString('en')} at the end`),
  );
  return [...flow, ...stages].join('\n');
}

function row(title: string, bars: string, note: string): string {
  const line = `${title.padEnd(14)} ${bars}  `;
  return line.length + note.length <= 100 ? line + note : `${line.trimEnd()}\n${' '.repeat(15)}${note}`;
}

function figures({ days, perDay, stagesPerDay }: Report): string {
  const size = days <= 14 ? 1 : Math.max(7, 7 * Math.ceil(days / 98));
  const rows = Array.from({ length: Math.ceil(days / size) }, (_, at) => {
    const from = at * size;
    const to = Math.min(days, from + size);
    const flow = (series: string): string => whole(sum((perDay[series] ?? []).slice(from, to)));
    const standing = (stage: string): string => whole(stagesPerDay[stage]?.[to - 1]);
    return [
      to - from === 1 ? String(to) : `${from + 1} to ${to}`,
      flow('joined'),
      flow('marketing'),
      flow('service'),
      flow('handOffs'),
      ...Object.keys(stagesPerDay).map(standing),
    ];
  });
  const heads = ['joined', 'marketing', 'service', 'to sales', ...Object.keys(stagesPerDay)];
  return table(['days', ...heads.map(right)], rows);
}

function funnel({ reached, leads, left, enrolled, notEnrolled, suppressed, engagement }: Report): string {
  const steps = Object.entries(reached).map(([step, number]) => [step, whole(number) || '0', share(number, leads)]);
  const ends = Object.entries(left).flatMap(([sequence, why]) => {
    const all = Object.entries(why).sort(([a, some], [b, more]) => more - some || (a < b ? -1 : 1));
    const said = all.map(([because, number]) => `${because} ${number.toLocaleString('en')}`).join(', ');
    return [`${sequence}: ${count(enrolled[sequence] ?? 0, 'lead')} came onto it${said === '' ? '' : `; left: ${said}`}.`];
  });
  const refused = Object.entries(notEnrolled).map(([says, number]) => `${count(number, 'lead')} could not enter: ${says}`);
  const lost = Object.entries(suppressed).map(([because, number]) => `${because} ${number.toLocaleString('en')}`);
  const acts = Object.entries(engagement.human)
    .sort(([a, some], [b, more]) => more - some || (a < b ? -1 : 1))
    .map(([event, number]) => `${event} ${number.toLocaleString('en')}`);
  return blocks(
    table(['lifecycle', right('leads'), right('of all')], steps),
    [
      ...ends,
      ...refused,
      `What people did: ${acts.join(', ') || 'nothing'}.`,
      `Never to be written to again: ${lost.join(', ') || 'nobody'}.`,
    ]
      .map((line) => wrapped(line))
      .join('\n'),
  );
}

function touches({ byTouch }: Report): string {
  const rows = Object.entries(byTouch).map(([touch, counts]) => [
    touch,
    whole(counts['reached']),
    whole((counts['sent'] ?? 0) + (counts['done'] ?? 0)) || '0',
    Object.entries(counts)
      .filter(([name]) => name.startsWith('withheld.') || name === 'refused' || name === 'uncertain')
      .map(([name, number]) => `${name.replace('withheld.', '')} ${number.toLocaleString('en')}`)
      .join(', '),
    whole(counts['waiting']),
  ]);
  return table(
    ['sequence/phase/step', right('reached'), right('sent or done'), { title: 'not, because of', flexible: true }, right('still due')],
    rows,
  );
}

function heldTable({ held }: Report): string {
  if (held.length === 0) return 'Nothing had to wait, and everything that was due was sent.';
  // A hold for sales has no end of its own.
  const wait = ({ because, times, hours }: Held): string => {
    if (times === 0) return '';
    return because === 'hand-off' ? "a rep's word" : `${(hours / times).toFixed(1)} h`;
  };
  return table(
    ['because of', right('had to wait'), right('leads'), right('on average'), right('not sent')],
    held.map((one) => [one.because, whole(one.times), whole(one.leads), wait(one), whole(one.withheld)]),
  );
}

function handOffs({ handOffs: requested, handOff }: Report): string {
  if (requested === 0) return 'Nobody was handed to sales.';
  const { byRule, byRep, closed, breached, open } = handOff;
  const rules = Object.entries(byRule).map(([rule, { requested: number = 0 }]) => `${rule} ${number.toLocaleString('en')}`);
  const ends = [
    ...Object.entries(closed).map(([as, number]) => `${number.toLocaleString('en')} ${as}`),
    `${open.toLocaleString('en')} open at the end`,
  ];
  const late = Object.entries(breached).map(([clock, number]) => `${number.toLocaleString('en')} to ${clock}`);
  return blocks(
    wrapped(
      `${count(requested, 'hand-off')}, by rule: ${rules.join(', ')}.\nThey ended: ${ends.join(', ')}.${late.length === 0 ? '' : ` Late: ${late.join(', ')}.`}`,
    ),
    table(
      ['rep', right('offered'), right('accepted'), right('contacted')],
      Object.entries(byRep)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([rep, counts]) => [rep, ...['offered', 'accepted', 'contacted'].map((what) => whole(counts[what]) || '0')]),
    ),
  );
}

function nobody({ nobody: missing }: Report): string {
  if (missing.length === 0) return 'Everything there is reached somebody.';
  return table(
    ['what', 'sequence', 'name', { title: 'because', flexible: true }],
    missing.map(({ what, sequence, name, because }) => [what, sequence, name, because]),
  );
}
