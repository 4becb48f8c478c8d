/** The worker role: decisions, effects and the queues they run on. Binds adapters to activities, decides nothing. */
import { createAssignRep } from '../../activities/assign-rep';
import { createCloseSend } from '../../activities/close-send';
import { createDecide } from '../../activities/decide';
import { createLoadLead, createRepairLead } from '../../activities/load-lead';
import { createNotifyRep } from '../../activities/notify-rep';
import { createSendTouch } from '../../activities/send-touch';
import { natsFactsLog } from '../../activities/adapters/facts-log';
import { liquidRenderer } from '../../activities/adapters/liquid-renderer';
import { publishedSource } from '../../activities/adapters/published-source';
import { natsRejectedLog } from '../../activities/adapters/rejected-log';
import { smtpMailer } from '../../activities/adapters/smtp-mailer';
import { postgresLedger } from '../../activities/people/ledger';
import { postgresPeople } from '../../activities/people/people-store';
import { sendClock } from '../clock';
import { ensureSearchAttributes } from '../search-attributes';
import { nurtureWorker, openNative, sendWorker } from '../temporal';
import type { Activities } from '../temporal';
import type { Context, Role } from './context';

export async function startWorkerRole(context: Context): Promise<Role> {
  const { config, log, temporal } = context;
  const client = await temporal();
  const added = await ensureSearchAttributes(client.connection, config.TEMPORAL_NAMESPACE);
  if (added.length > 0) log.info({ added }, 'search attributes registered');
  const native = await openNative(config);
  const { activities, close } = bindActivities(context);
  const workers = [await nurtureWorker(native, config, activities), await sendWorker(native, config, 'email', activities)];
  const running = Promise.all(workers.map((worker) => worker.run()));
  const failed = running.then(
    () => new Promise<string>(() => undefined),
    (error: unknown) => `a worker ended: ${error instanceof Error ? error.message : String(error)}`,
  );
  return {
    failed,
    stop: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await running.catch((error: unknown) => log.error({ error }, 'a worker ended with an error'));
      await native.close();
      close();
    },
  };
}
