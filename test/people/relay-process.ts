/** Relays the outbox into a table of another database, as a process of its own that a test kills: `URL`, then milliseconds per event. */
import { openDatabase } from '../../activities/people/database';
import { relayOutbox } from '../../activities/people/outbox';

const [url = '', stream = '', delay = '0'] = process.argv.slice(2);
const db = openDatabase(url);
const out = openDatabase(stream);

async function run(): Promise<void> {
  for (;;) {
    const published = await relayOutbox(db, async (event) => {
      await out.query('insert into stream (id, data) values ($1, $2)', [event.id, JSON.stringify(event)]);
      process.stdout.write('.');
      await new Promise((resolve) => setTimeout(resolve, Number(delay)));
    });
    if (published === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
void run();
