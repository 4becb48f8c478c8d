/** A command line in small for foreground.test.ts: runs the script it is given as `ripen up` runs the engine. */
import { openContext } from '../../client/context';

void openContext(process.env, process.cwd(), () => undefined)
  .runShipped([process.argv[2] ?? ''])
  .then((code) => process.exit(code));
