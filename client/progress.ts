/** A bar for work that takes over two seconds, drawn on a terminal only. Knows no work. */

export type Progress = { readonly at: (done: number) => void; readonly end: () => void };
type Terminal = { readonly isTTY?: boolean; write(text: string): unknown };

const quietMs = 2_000;
const redrawMs = 100;
const width = 30;

/** `total`: where it is not known the bar counts only. */
export function startProgress(title: string, total: number | undefined, terminal: Terminal, now: () => number): Progress {
  if (terminal.isTTY !== true) return { at: () => undefined, end: () => undefined };
  const startedAt = now();
  let drawnAt = 0;
  return {
    at(done) {
      const nowAt = now();
      if (nowAt - startedAt < quietMs || (nowAt - drawnAt < redrawMs && done !== total)) return;
      drawnAt = nowAt;
      terminal.write(`\r\u001b[2K${title} ${bar(done, total, nowAt - startedAt)}`);
    },
    end() {
      if (drawnAt > 0) terminal.write('\r\u001b[2K');
    },
  };
}

function bar(done: number, total: number | undefined, tookMs: number): string {
  if (total === undefined || total === 0) return String(done);
  const share = Math.min(1, done / total);
  const left = share === 0 ? '' : `, ${Math.ceil((tookMs / share - tookMs) / 1_000)} s left`;
  return `[${'#'.repeat(Math.round(share * width)).padEnd(width, '.')}] ${Math.floor(share * 100)}%${left}`;
}
