/** Plays the demo's people from outside the engine: their events go to NATS as CloudEvents, clicks and one-click unsubscribes over HTTP. */
import type { EngineClock } from '../../activities/ports';
import { engagementEvent, type EngagementEvent } from '../../events/engagement';
import type { Publisher } from '../../events/ports';
import { publishEvent } from '../../events/publish-event';
import { deedsFor, type Deed } from './people';
import type { Mail } from './receiver';

export type PlayersOptions = {
  readonly seed: number;
  readonly secret: string;
  readonly clock: EngineClock;
  readonly nats: Publisher;
  /** Our own links start with it; others are not followed. */
  readonly intakeUrl: string;
};

export type Players = {
  /** Tell them that a mail came. */
  receive(mail: Mail): void;
  /** Events published, by type, and requests to the intake. */
  readonly did: ReadonlyMap<string, number>;
  /** What failed, in words; a demo with failures is no success. */
  readonly failures: readonly string[];
  /** They do nothing more; resolves when what they began is done. */
  stop(): Promise<void>;
};

/** A person's browser; what says "bot" would rightly be taken for one. */
const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0';

export function startPlayers(options: PlayersOptions): Players {
  const { seed, clock } = options;
  const did = new Map<string, number>();
  const failures: string[] = [];
  const got = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  const enginePerSecond = clock.toEngine(2_000_000_000_000) - clock.toEngine(1_999_999_999_000);
  let stopped = false;

  const act = (mail: Mail, deed: Deed, n: number): void => {
    const work = perform(options, mail, deed, n)
      .then((what) => void did.set(what, (did.get(what) ?? 0) + 1))
      .catch((error: unknown) => void failures.push(`${mail.to}: ${error instanceof Error ? error.message : String(error)}`));
    running.add(work);
    void work.then(() => running.delete(work));
  };

  return {
    did,
    failures,
    receive(mail) {
      if (stopped || mail.rep !== undefined) return;
      const nth = (got.get(mail.to) ?? 0) + 1;
      got.set(mail.to, nth);
      const content = mail.content?.split('@')[0] ?? '';
      deedsFor(seed, { address: mail.to, content, nth }).forEach((deed, n) => {
        const timer = setTimeout(
          () => {
            timers.delete(timer);
            act(mail, deed, n);
          },
          (deed.afterMs / enginePerSecond) * 1_000,
        );
        timers.add(timer);
      });
    },
    async stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}

/** Does one deed and says what it was. */
async function perform(options: PlayersOptions, mail: Mail, deed: Deed, n: number): Promise<string> {
  if (deed.by === 'event') return publish(options, eventOf(options, mail, deed, n));
  if (deed.by === 'one-click' && mail.unsubscribe !== undefined && mail.oneClick) {
    const answer = await fetch(mail.unsubscribe, {
      method: 'POST',
      body: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    if (!answer.ok) throw new Error(`the one-click unsubscribe was answered ${answer.status}`);
    return 'one-click unsubscribe';
  }
  const link = mail.links.find((target) => target.startsWith(`${options.intakeUrl}/r/`));
  if (deed.by === 'link' && link !== undefined) {
    const answer = await fetch(link, { redirect: 'manual', headers: { 'user-agent': browser } });
    if (answer.status >= 400) throw new Error(`a tracked link was answered ${answer.status}`);
    return 'link followed';
  }
  const type = deed.by === 'link' ? 'email.clicked' : 'email.unsubscribed';
  return publish(options, eventOf(options, mail, { ...deed, by: 'event', event: { type, data: {} } }, n));
}

/** Ids are made of the mail and the deed, so a repeated publish is the same event. */
function eventOf({ clock }: PlayersOptions, mail: Mail, { event }: Extract<Deed, { by: 'event' }>, n: number): EngagementEvent {
  const fromMail = event.type.startsWith('email.');
  const data = {
    ...event.data,
    who: { email: mail.to },
    ...(event.actor === undefined ? { userAgent: browser } : { actor: event.actor }),
    ...(fromMail && mail.effect !== undefined ? { effect: mail.effect } : {}),
    ...(fromMail && mail.content !== undefined ? { content: mail.content.slice(0, 64) } : {}),
  };
  const source = fromMail ? '/demo/mailbox-provider' : '/demo/website';
  return engagementEvent(event.type, {
    id: `${mail.messageId}#${n}`,
    source,
    at: clock.toEngine(Date.now()),
    data: data as EngagementEvent['data'],
  });
}

async function publish({ nats, secret }: PlayersOptions, event: EngagementEvent): Promise<string> {
  await publishEvent(nats, secret, event);
  return event.type;
}
