/** The worker role: decisions, effects and the queues they run on. Binds adapters to activities, decides nothing. */
import { createAssignRep } from '../../activities/assign-rep';
import { createCloseSend } from '../../activities/close-send';
import { createDecide } from '../../activities/decide';
import { customRuns } from '../../activities/custom';
import { createGiveTask } from '../../activities/give-task';
import { createLoadLead, createRepairLead } from '../../activities/load-lead';
import { createNotifyRep } from '../../activities/notify-rep';
import { createRunCustom } from '../../activities/run-custom';
import { createSendTouch } from '../../activities/send-touch';
import { createTellLeads } from '../../activities/tell-leads';
import { natsFactsLog } from '../../activities/adapters/facts-log';
import { liquidRenderer } from '../../activities/adapters/liquid-renderer';
import { publishedSource } from '../../activities/adapters/published-source';
import { natsRejectedLog } from '../../activities/adapters/rejected-log';
import { postgresEffectResults } from '../../activities/people/effect-results';
import { leadNews } from '../../activities/people/lead-news';
import { postgresLedger } from '../../activities/people/ledger';
import { brakeHolds } from '../../activities/people/brake';
import { postgresPeople } from '../../activities/people/people-store';
import { createRunCampaign } from '../../activities/people/campaigns/run-campaign';
import { audienceSelection } from '../../activities/people/audience';
import { routerPeople } from '../../activities/people/router-people';
import { sendClock } from '../clock';
import { openMailer } from '../mailer';
import { ensureSearchAttributes } from '../search-attributes';
import { logThrough, nurtureWorker, openNative, sendWorker } from '../temporal';
import type { Activities } from '../temporal';
import type { Context, Role } from './context';

export async function startWorkerRole(context: Context): Promise<Role> {
  const { config, log, temporal } = context;
  logThrough(log);
  const client = await temporal();
  const added = await ensureSearchAttributes(client.connection, config.TEMPORAL_NAMESPACE);
  if (added.length > 0) log.info({ added }, 'search attributes registered');
  const { activities, close } = bindActivities(context);
  const native = await openNative(config);
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

function bindActivities({ config, log, clock, nats, db }: Context): { readonly activities: Activities; readonly close: () => void } {
  const { RIPEN_SECRET: secret, PUBLIC_URL: publicUrl, POSTAL_ADDRESS: postalAddress, MAIL_FROM: mailFrom } = config;
  const published = publishedSource(db, {
    onAway: (error) => log.warn({ error }, 'published things cannot be refreshed; the cache goes on'),
  });
  const people = postgresPeople(db, secret);
  const ledger = postgresLedger(db);
  const results = postgresEffectResults(db);
  const renderer = liquidRenderer({ pieces: published, publicUrl, postalAddress, secret });
  const mailer = openMailer(config);
  const calls = sendClock(clock, config.RIPEN_CLOCK_RATE);
  const decisions = { facts: natsFactsLog(nats), published, rejected: natsRejectedLog(nats), clock, erased: people.erased };
  const sends = { ledger, people, renderer, mailer, mailFrom, secret, log };
  return {
    activities: {
      decide: createDecide(decisions),
      loadLead: createLoadLead(decisions),
      repairLead: createRepairLead(decisions),
      sendTouch: createSendTouch({ ...sends, clock: calls, publicUrl, optOuts: routerPeople(db, secret) }),
      notifyRep: createNotifyRep(sends),
      assignRep: createAssignRep({
        people,
        brake: { holds: (leadId, effect, at) => brakeHolds(db, leadId, effect, at) },
        now: () => calls.toEngine(Date.now()),
      }),
      runCustom: createRunCustom({ results, runs: customRuns({ secret }), log }),
      tellLeads: createTellLeads({ news: leadNews(db, secret) }),
      giveTask: createGiveTask({ ...sends, results }),
      ...createRunCampaign({ db, secret, clock: calls, select: audienceSelection }),
      closeSend: createCloseSend({ ledger, now: () => calls.toEngine(Date.now()) }),
    },
    close: mailer.close,
  };
}
