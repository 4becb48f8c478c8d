/** The engine's own activities over ports in memory, in a world that does to them what it did in a tale. Knows no server. */
import { createAssignRep } from '../../activities/assign-rep';
import { createCloseSend } from '../../activities/close-send';
import { createDecide } from '../../activities/decide';
import { createLoadLead, createRepairLead } from '../../activities/load-lead';
import { createNotifyRep } from '../../activities/notify-rep';
import { createSendTouch } from '../../activities/send-touch';
import type { MemoryFactsLog } from '../../activities/adapters/memory-facts-log';
import { memoryLedger } from '../../activities/adapters/memory-ledger';
import type { Addressee, EngineClock, Mailer, Renderer, Rep } from '../../activities/ports';
import { fold, initial, outstanding } from '../../workflows/core';
import type { Effect, Outcome, Published } from '../../workflows/core';
import type { Provider } from '../../workflows/foresight/provider';
import type { Activities } from '../../worker/temporal';

export type Stage = {
  readonly leadId: string;
  readonly published: Published;
  readonly log: MemoryFactsLog;
  readonly clock: EngineClock;
  readonly provider: Provider;
};

export function taleActivities({ leadId, published, log, clock, provider }: Stage): Activities {
  /** What the world does to the effect whose turn it is. */
  let fate: Outcome = { as: 'notified' };
  const email = 'ada@example.com';
  const ledger = memoryLedger();
  ledger.person(leadId, { address: email, consent: 'granted' });
  const deps = {
    facts: log,
    published: { snapshot: async () => published },
    rejected: { reject: async (record: unknown) => Promise.reject(new Error(`an input was rejected: ${JSON.stringify(record)}`)) },
    clock,
    erased: async () => false,
  };
  const mailer: Mailer = {
    send: async () =>
      fate.as === 'assigned' || fate.as === 'withheld' || fate.as === 'returned' || fate.as === 'told' ? { as: 'sent' } : mailResult(fate),
  };
  const people = {
    addressee: async (): Promise<Addressee> => ({ leadId, email, person: {}, unsubscribeToken: 'token' }),
    assign: async (): Promise<Rep | undefined> => (fate.as === 'assigned' ? repOf(fate.rep) : undefined),
    rep: async (id: string): Promise<Rep> => repOf(id),
    owner: async () => undefined,
    referrer: async () => undefined,
  };
  const text = { subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' };
  const renderer: Renderer = {
    async render({ content }) {
      const info = published.content(content);
      if (info === undefined || (fate.as === 'withheld' && fate.because === 'content-missing'))
        return { missing: 'content-missing', what: content };
      return { ...text, content: `${info.id}@${info.version}#${info.digest}` };
    },
    renderForRep: async () => text,
  };
  const said = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const sends = { ledger, people, renderer, mailer, mailFrom: 'us@example.com', secret: 'secret', log: said };

  /** Effects end one after the other in the order they were decided, as in the tale. */
  const inTurn = async (effect: Effect): Promise<void> => {
    for (;;) {
      const decisions = log.all().map(({ decision }) => decision);
      const open = outstanding(
        fold(
          initial(leadId),
          decisions.flatMap(({ facts }) => facts),
        ),
      );
      if (open[0]?.id === effect.id) {
        fate = provider.answer(effect, decisions.at(-1)?.at ?? 0);
        return;
      }
      if (!open.some(({ id }) => id === effect.id)) throw new Error(`${effect.id} is performed although nobody decided it`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const sendTouch = createSendTouch({ ...sends, clock, publicUrl: 'http://127.0.0.1' });
  const notifyRep = createNotifyRep(sends);
  const assignRep = createAssignRep({ people, brake: { holds: async () => false }, now: () => 0 });
  return {
    decide: createDecide(deps),
    loadLead: createLoadLead(deps),
    repairLead: createRepairLead(deps),
    closeSend: createCloseSend({ ledger, now: () => clock.toEngine(Date.now()) }),
    async sendTouch(args) {
      await inTurn(args.send);
      // What only the people store or the ledger's own check would say.
      return fate.as === 'withheld' && fate.because !== 'content-missing' ? fate : sendTouch(args);
    },
    async notifyRep(args) {
      await inTurn(args.effect);
      return notifyRep(args);
    },
    async assignRep(args) {
      await inTurn(args.effect);
      return assignRep(args);
    },
    // What these do themselves their own tests show; here the provider's word is the outcome.
    async runCustom({ effect }) {
      await inTurn(effect);
      return fate;
    },
    async tellLeads({ effect }) {
      await inTurn(effect);
      return fate;
    },
    async giveTask({ effect }) {
      await inTurn(effect);
      return fate;
    },
  };
}

const mailResult = (fate: Exclude<Outcome, { as: 'assigned' | 'withheld' | 'returned' | 'told' }>): Awaited<ReturnType<Mailer['send']>> =>
  fate.as === 'sent' || fate.as === 'notified' ? { as: 'sent' } : fate;

const repOf = (id: string): Rep => ({ id, name: 'Rosa', email: `${id}@example.com` });
