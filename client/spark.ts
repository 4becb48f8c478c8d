/** Series of numbers as one line of little bars. Knows no numbers of its own. */

const bars = '▁▂▃▄▅▆▇█';
const mostColumns = 60;

/** Days that one bar stands for. */
export const daysPerBar = (days: number): number => Math.max(1, Math.ceil(days / mostColumns));

/** `flow`: the days of a bar add up; `standing`: its last day counts. Nothing at all is a dot. */
export function spark(series: readonly number[], kind: 'flow' | 'standing'): string {
  const size = daysPerBar(series.length);
  const values = Array.from({ length: Math.ceil(series.length / size) }, (_, at) => {
    const days = series.slice(at * size, (at + 1) * size);
    return kind === 'flow' ? sum(days) : (days.at(-1) ?? 0);
  });
  const most = Math.max(...values, 1);
  return values
    .map((value) => (value <= 0 ? '·' : (bars[Math.min(bars.length - 1, Math.floor((value * bars.length) / most))] ?? '')))
    .join('');
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
