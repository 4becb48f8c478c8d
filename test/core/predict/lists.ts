/** Made-up lists of leads whose honest columns cause the outcome and whose leaks are written after it; the same seed gives the same list. */
import { chanceOf } from '../../support/seeded';
import { buildTable } from '../../../workflows/core/predict';
import type { Table } from '../../../workflows/core/predict';

export type MadeRow = Record<string, string>;
export type MadeList = {
  readonly rows: readonly MadeRow[];
  readonly target: string;
  readonly leaks: readonly string[];
  readonly honest: readonly string[];
};

export type Dice = {
  readonly unit: () => number;
  readonly normal: () => number;
  readonly hit: (chance: number) => boolean;
  /** By weight. */
  readonly pick: (weights: Readonly<Record<string, number>>) => string;
};

export function diceOf(seed: number): Dice {
  const { between } = chanceOf(seed);
  const unit = (): number => (between(0, 999_999_999) + 0.5) / 1_000_000_000;
  return {
    unit,
    normal: () => Math.sqrt(-2 * Math.log(unit())) * Math.cos(2 * Math.PI * unit()),
    hit: (chance) => unit() < chance,
    pick(weights) {
      let left = unit() * Object.values(weights).reduce((sum, weight) => sum + weight, 0);
      for (const [name, weight] of Object.entries(weights)) if ((left -= weight) <= 0) return name;
      return Object.keys(weights)[0] ?? '';
    },
  };
}

export const chanceFrom = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

export function tableOf(rows: readonly MadeRow[]): Table {
  const table = buildTable(Object.keys(rows[0] ?? {}));
  for (const row of rows) table.add((column) => row[column]);
  return table.end();
}

const cities = Object.fromEntries(Array.from({ length: 70 }, (_, at) => [`Town ${at + 1}`, 70 / (at + 3)]));
const words = 'please call back about the price we spoke at fair with my brother who wants two places near the pool if possible'.split(' ');

/** A gym's trial members: 8% sign up. Leaks: a number that only members have, a reason only the lost have, what the desk wrote, and its remark beside it. */
export function gym(seed: number, size = 3_000): MadeList {
  const dice = diceOf(seed);
  const rows = Array.from({ length: size }, (_, at): MadeRow => {
    const visits = Math.round(Math.exp(dice.normal() * 0.9 + 0.6));
    const tour = dice.hit(0.12);
    const source = dice.pick({ Walk: 20, Flyer: 30, Friend: 10, Web: 40 });
    const age = Math.round(18 + dice.unit() * 50);
    const sum = -4.4 + 0.8 * Math.log(visits + 1) + (tour ? 2.3 : 0) + (source === 'Friend' ? 1.2 : 0) + (age > 25 && age < 40 ? 0.7 : 0);
    const won = dice.hit(chanceFrom(sum));
    const desk = won
      ? dice.pick({ 'sends papers': 70, 'thinks it over': 25, silent: 5 })
      : dice.pick({ 'no answer': 40, moved: 20, 'too dear': 25, silent: 10, 'thinks it over': 5 });
    const remark = dice.hit(0.75)
      ? ({ 'sends papers': 'warm', 'thinks it over': 'even', silent: 'none seen', 'no answer': 'cold', moved: 'gone', 'too dear': 'cold' }[
          desk
        ] ?? '')
      : dice.pick({ warm: 1, even: 1, cold: 1, gone: 1 });
    return {
      Kunde: `K-${10_000 + at * 7}`,
      Besuche: String(visits),
      Führung: tour ? 'ja' : 'nein',
      Herkunft: source,
      Alter: dice.hit(0.1) ? 'k.A.' : String(age),
      Ort: dice.pick(cities),
      Bemerkung: dice.hit(0.4) ? Array.from({ length: 9 }, () => words[Math.floor(dice.unit() * words.length)]).join(' ') : '',
      Mitgliedsnummer: won ? `M${Math.floor(dice.unit() * 1e6)}` : '',
      Absage: !won && dice.hit(0.5) ? dice.pick({ Preis: 3, Umzug: 1, Zeit: 2, Gesundheit: 1 }) : '',
      Tresen: desk,
      Eindruck: remark,
      Mitglied: won ? 'ja' : 'nein',
    };
  });
  return {
    rows,
    target: 'Mitglied',
    leaks: ['Mitgliedsnummer', 'Absage', 'Tresen', 'Eindruck'],
    honest: ['Besuche', 'Führung', 'Herkunft', 'Alter'],
  };
}

/** Software trials: 5% buy. A strong honest number, numbers as text, dates; leaks: an amount that is 0 unless won, a stage with errors in it. */
export function software(seed: number, size = 5_000): MadeList {
  const dice = diceOf(seed);
  const rows = Array.from({ length: size }, (_, at): MadeRow => {
    const logins = Math.max(0, Math.round(Math.exp(dice.normal() * 1.2 + 1)));
    const seats = Math.round(Math.exp(dice.normal() * 1.5 + 3));
    const role = dice.pick({ Engineer: 40, Manager: 25, Founder: 10, Student: 25 });
    const day = Math.floor(dice.unit() * 365);
    const sum =
      -6.6 + 1.6 * Math.log(logins + 1) + (role === 'Founder' ? 1 : role === 'Student' ? -1.5 : 0) + (seats > 20 && seats < 200 ? 0.8 : 0);
    const won = dice.hit(chanceFrom(sum));
    const took = Math.round(Math.exp(dice.normal() * 0.6 + 2.5 - 0.3 * Math.log(logins + 1)));
    const date = (offset: number): string => new Date(Date.UTC(2025, 0, 1 + day + offset)).toISOString().slice(0, 10);
    return {
      uid: `${(at * 2_654_435_761) % 4_294_967_296}-${at}`,
      'Logins in week one': String(logins),
      Seats: seats >= 1_000 ? String(seats).replace(/\B(?=(\d{3})+$)/g, ',') : String(seats),
      'Annual revenue': `€ ${(seats * 1_000 * (0.5 + dice.unit())).toFixed(0)}`,
      Role: dice.hit(0.05) ? 'Please select' : role,
      'Signed up': date(0),
      'First seen': date(-Math.floor(dice.unit() * 30)),
      Browser: dice.pick({ Firefox: 3, Chrome: 9, Safari: 4 }),
      'Paid since': won ? date(took) : '',
      ARR: won ? String(1_200 * Math.ceil(dice.unit() * 40)) : '0',
      Pipeline: dice.hit(0.03) ? 'Proposal' : won ? 'Done' : dice.pick({ Contacted: 5, Parked: 9 }),
      Bought: won ? 'TRUE' : 'FALSE',
    };
  });
  return {
    rows,
    target: 'Bought',
    leaks: ['Paid since', 'ARR', 'Pipeline'],
    honest: ['Logins in week one', 'Seats', 'Role', 'Annual revenue'],
  };
}

/** A school's applicants: half enrol. Honest answers that are very strong, one of them followed by nine of ten; a leak in minutes of the last call. */
export function school(seed: number, size = 2_500): MadeList {
  const dice = diceOf(seed);
  const rows = Array.from({ length: size }, (): MadeRow => {
    const sibling = dice.hit(0.25);
    const grade = dice.normal();
    const open = dice.pick({ yes: 45, no: 55 });
    const sum = -1.1 + (sibling ? 3.2 : 0) + 1.1 * grade + (open === 'yes' ? 1.6 : -0.4);
    const won = dice.hit(chanceFrom(sum));
    return {
      'sibling at school': sibling ? 'Y' : 'N',
      grade: (7 + 1.5 * grade).toFixed(1),
      'open day': open,
      'distance km': (Math.exp(dice.normal()) * 8).toFixed(1),
      faith: dice.pick({ a: 1, b: 1, c: 1 }),
      'last call': String(Math.max(0, Math.round(won ? 14 + 3 * dice.normal() : 4 + 3 * dice.normal()))),
      enrolled: won ? 'won' : 'lost',
    };
  });
  return { rows, target: 'enrolled', leaks: ['last call'], honest: ['sibling at school', 'grade', 'open day'] };
}
