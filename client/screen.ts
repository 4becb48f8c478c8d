/** A picture on a terminal that is drawn again in its place. Knows no picture. */
import type { Screen } from './ports';
import { safe } from './print';

type Terminal = { readonly isTTY?: boolean; readonly rows?: number; write(text: string): unknown };

/** From the upper left corner, each line cleared behind its end, and everything below: nothing flickers. */
const over = (text: string): string => `\u001b[H${safe(text).replaceAll('\n', '\u001b[K\n')}\u001b[K\u001b[J`;

/** `undefined` where there is no terminal. */
export function openScreen(terminal: Terminal): Screen | undefined {
  if (terminal.isTTY !== true) return undefined;
  let begun = false;
  return {
    draw(text) {
      if (!begun) terminal.write('\u001b[2J');
      begun = true;
      terminal.write(over(text));
    },
    wait: (ms) => new Promise((resolve) => setTimeout(() => resolve(true), ms)),
    // A terminal that does not say how high it is says 0.
    rows: () => (terminal.rows === undefined || terminal.rows < 4 ? 24 : terminal.rows),
  };
}
