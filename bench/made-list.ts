/** A made-up list of leads as CSV text, as wide and as dirty as a real export, the same every run. Knows no scoring. */

const pick = <T>(items: readonly T[], at: number): T | undefined => items[Math.floor(at * items.length)];

/** Bytes of a list with a header, 30 columns and `rows` rows; about a third converted. */
export function madeList(rows: number): Uint8Array {
  let seed = 7;
  const unit = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const normal = (): number => Math.sqrt(-2 * Math.log(unit())) * Math.cos(2 * Math.PI * unit());
  const flags = Array.from({ length: 8 }, (_, at) => `flag ${at + 1}`);
  const head = ['lead', 'signed up', 'visits', 'minutes', 'pages', 'revenue', 'employees', 'channel', 'role', 'country', 'city', 'plan'];
  const levels = Array.from({ length: 8 }, (_, at) => `answer ${at + 1}`);
  const lines = [[...head, ...levels, ...flags, 'note', 'converted'].join(',')];
  for (let row = 0; row < rows; row += 1) {
    const warm = normal();
    const channel = pick(['web', 'fair', 'friend', 'partner', 'advert', ''], unit());
    const role = pick(['engineer', 'manager', 'founder', 'student', 'Select'], unit());
    const minutes = Math.exp(warm + 0.5 * normal() + 3);
    const sum =
      -1 + warm + (channel === 'friend' ? 1.2 : 0) + (role === 'student' ? -1.5 : 0) + (role === 'founder' && minutes > 30 ? 1 : 0);
    const day = new Date(Date.UTC(2025, 0, 1 + Math.floor(unit() * 365))).toISOString().slice(0, 10);
    lines.push(
      [
        `L-${row}-${Math.floor(unit() * 1e6)}`,
        day,
        Math.floor(Math.exp(0.5 * warm + normal())),
        unit() < 0.3 ? 0 : minutes.toFixed(1),
        Math.ceil(unit() * 12),
        Math.floor(Math.exp(normal() + 12)),
        Math.floor(Math.exp(1.5 * normal() + 4)),
        channel,
        role,
        `country ${Math.floor(unit() ** 3 * 60)}`,
        `city ${Math.floor(unit() ** 2 * 9_000)}`,
        pick(['free', 'team', 'business'], unit()),
        ...levels.map((_, at) => `choice ${Math.floor(unit() ** 2 * (4 + 3 * at))}`),
        ...flags.map(() => (unit() < 0.04 ? 'yes' : 'no')),
        unit() < 0.8 ? '' : `called and said ${Math.floor(unit() * 1e9)} that it depends on the price`,
        unit() < 1 / (1 + Math.exp(-sum)) ? 1 : 0,
      ].join(','),
    );
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}
