/** The HTTP door: events from forms, sites and providers, tracked links, unsubscribing. Answers only when the stream or the people store has it. Sees ports only. */
import { createHash, randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type onRequestAsyncHookHandler } from 'fastify';
import { classifyActor } from './actor';
import type { SourceOf } from './bearer';
import { looksLikeAddress, pathCode } from './engagement';
import { identityHash } from './hashes';
import { tryAgainPage, unknownLinkPage, unsubscribedPage, unsubscribePage } from './intake-pages';
import { optOutOf } from './opt-outs';
import { NatsAway, type Log, type OptOuts, type Publisher, type RejectedSink, type ToEngine } from './ports';
import { problems } from './problems';
import { publishEvent } from './publish-event';
import { jsonOf, largestEvent, parseJson, surestIdentity, type Fault } from './strip';
import { engagementSubject } from './subjects';

/** What a tracked link's token says. */
export type LinkClaims = {
  readonly leadId: string;
  readonly url: string;
  readonly effect?: string;
  readonly content?: string;
};
export type UnsubscribeClaims = { readonly leadId: string; readonly effect?: string };

export type IntakePorts = {
  /** Who sends events; the pages of recipients need nobody's leave. */
  readonly sourceOf: SourceOf;
  readonly publisher: Publisher;
  readonly rejected: RejectedSink;
  readonly optOuts: OptOuts;
  /** `undefined` for a token that is not ours. */
  readonly readLink: (token: string) => Promise<LinkClaims | undefined> | LinkClaims | undefined;
  readonly readUnsubscribe: (token: string) => Promise<UnsubscribeClaims | undefined> | UnsubscribeClaims | undefined;
  readonly toEngine: ToEngine;
  readonly isUp: () => boolean;
  readonly log: Log;
};

type Taken = { readonly as: 'accepted'; readonly duplicate: boolean } | { readonly as: 'rejected'; readonly fault: Fault };

/** Events in one batch at most; larger ones are refused whole before anything is read. */
const mostEvents = 500;
/** A clicked link waits no longer for NATS than a person does. */
const clickWaitMs = 400;
/** Closing waits so long for NATS. */
const closeWaitMs = 8_000;

export function createIntake(ports: IntakePorts, secret: string): FastifyInstance {
  const app = Fastify({ bodyLimit: 4_000_000, exposeHeadRoutes: false, logger: false, routerOptions: { maxParamLength: 4_096 } });
  const background = new Set<Promise<void>>();
  // Bodies are parsed by hand, so that a broken one can be kept as it came.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error: Error & { readonly statusCode?: number }, _request, reply) => {
    const status = error instanceof NatsAway ? 503 : (error.statusCode ?? 503);
    if (status >= 500) ports.log.error({ says: error.message }, 'the intake could not answer');
    if (status === 503) reply.header('retry-after', '5');
    return reply.code(status).send({
      problem: {
        code: status === 413 ? 'event-too-large' : status >= 500 ? 'intake-away' : 'event-malformed',
        says: status >= 500 ? 'not everything was taken; send it again, repeats are harmless' : error.message,
      },
    });
  });
  app.addHook('onClose', async () => {
    await within(closeWaitMs, Promise.all(background));
    if (background.size > 0) ports.log.error({ events: background.size }, 'the intake closes with events of ours that NATS has not taken');
  });

  const now = (): number => ports.toEngine(Date.now());
  /** Keeps trying for a minute behind the answer's back; the stream forgets repeats. */
  const publishBehind = (event: Parameters<typeof publishEvent>[2]): Promise<void> => {
    const work = (async () => {
      for (let attempt = 1; attempt <= 12; attempt++) {
        try {
          return void (await publishEvent(ports.publisher, secret, event));
        } catch (error) {
          if (attempt === 12)
            ports.log.error({ type: event.type, says: String(error) }, 'an event of ours was lost: NATS stayed away for a minute');
          await new Promise((resolve) => setTimeout(resolve, Math.min(250 * 2 ** attempt, 5_000)));
        }
      }
    })().finally(() => background.delete(work));
    background.add(work);
    return work;
  };

  const reject = (fault: Fault, original: unknown): Promise<void> =>
    ports.rejected.reject({ ...fault, original, identityHash: identityHash(secret, surestIdentity(original)), ...subjectOf(original) });

  const takeOne = async (json: unknown): Promise<Taken> => {
    const size = Buffer.byteLength(JSON.stringify(json));
    const parsed =
      size > largestEvent
        ? {
            as: 'faulty' as const,
            fault: { code: 'event-too-large' as const, says: `the event has ${size} bytes, at most ${largestEvent} are taken` },
          }
        : parseJson(json);
    if (parsed.as === 'internal')
      return refuse({ code: 'event-unknown-type', path: 'type', says: `"${parsed.type}" is not taken over HTTP` }, json);
    if (parsed.as === 'faulty') return refuse(parsed.fault, json);
    const optOut = optOutOf(parsed.type, parsed.envelope, parsed.data, now());
    if (optOut !== undefined) await ports.optOuts.recordOptOut(optOut);
    const event = { ...parsed.envelope, time: parsed.envelope.time ?? new Date(now()).toISOString() };
    const { duplicate } = await publishEvent(ports.publisher, secret, event);
    return { as: 'accepted', duplicate };
  };
  const refuse = async (fault: Fault, original: unknown): Promise<Taken> => {
    await reject(fault, original);
    return { as: 'rejected', fault };
  };

  app.get('/healthz', async (_request, reply) => reply.code(ports.isUp() ? 200 : 503).send({ nats: ports.isUp() ? 'up' : 'down' }));

  // Before the body is read: strangers cost us nothing.
  const known: onRequestAsyncHookHandler = async ({ headers }, reply) => {
    if (ports.sourceOf(headers.authorization) !== undefined) return;
    const says = headers.authorization === undefined ? 'no bearer token was sent' : 'the bearer token is nobody’s';
    return reply
      .code(401)
      .header('www-authenticate', 'Bearer')
      .send({ problem: { code: 'not-allowed', says, todo: problems['not-allowed'].todo } });
  };
  app.post('/v1/events', { onRequest: known }, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const json = jsonOf(body);
    if (json === undefined) {
      const taken = await refuse({ code: 'event-malformed', says: 'the body is no JSON' }, body.toString('utf8'));
      return answer(reply, [taken]);
    }
    if (!Array.isArray(json)) return answer(reply, [await takeOne(json)]);
    if (json.length === 0 || json.length > mostEvents) {
      return reply.code(400).send({
        problem: {
          code: 'event-malformed',
          says: `a batch holds 1 to ${mostEvents} events; this one has ${json.length} and nothing of it was taken`,
        },
      });
    }
    return answer(reply, await Promise.all(json.map(takeOne)));
  });

  app.get<{ Params: { token: string } }>('/r/:token', async ({ params, headers }, reply) => {
    const link = await ports.readLink(params.token);
    if (link === undefined) return html(reply, 404, unknownLinkPage());
    const userAgent = headers['user-agent']?.slice(0, 500);
    const verdict = classifyActor({ type: 'email.clicked', ...(userAgent === undefined ? {} : { userAgent }) });
    const data = {
      who: { lead: link.leadId },
      ...given('link', linkCode(link.url)),
      ...given('effect', link.effect),
      ...given('content', link.content),
      actor: verdict.actor,
      actorBecause: verdict.because,
      actorRules: verdict.rules,
    };
    const published = publishBehind({ ...envelope('/ripen/links', randomUUID()), type: 'email.clicked', data });
    await within(clickWaitMs, published);
    return reply.header('cache-control', 'no-store').redirect(link.url, 302);
  });
  // Scanners and previews ask by HEAD: they learn where it goes and it never counts.
  app.head<{ Params: { token: string } }>('/r/:token', async ({ params }, reply) => {
    const link = await ports.readLink(params.token);
    return link === undefined ? reply.code(404).send() : reply.redirect(link.url, 302);
  });

  app.get<{ Params: { token: string } }>('/u/:token', async ({ params }, reply) =>
    (await ports.readUnsubscribe(params.token)) === undefined ? html(reply, 404, unknownLinkPage()) : html(reply, 200, unsubscribePage()),
  );
  // One click by RFC 8058: no cookies, no redirect, any body; in the people store before the answer.
  app.post<{ Params: { token: string } }>('/u/:token', async ({ params }, reply) => {
    const claims = await ports.readUnsubscribe(params.token);
    if (claims === undefined) return html(reply, 404, unknownLinkPage());
    // Repeats of one day are one event; the record in the people store is the same however often it is made.
    const id = createHash('sha256')
      .update(params.token)
      .update(String(Math.floor(Date.now() / 86_400_000)))
      .digest('base64url');
    const event = {
      ...envelope('/ripen/unsubscribe', id),
      type: 'email.unsubscribed',
      data: { who: { lead: claims.leadId }, ...given('effect', claims.effect), actor: 'human' },
    };
    try {
      await ports.optOuts.recordOptOut({
        who: event.data.who,
        because: 'unsubscribed',
        occurredAt: Date.parse(event.time),
        source: event.source,
        id,
      });
    } catch (error) {
      ports.log.error({ says: error instanceof Error ? error.message : String(error) }, 'an unsubscribe could not be recorded');
      return html(reply.header('retry-after', '30'), 503, tryAgainPage());
    }
    await within(clickWaitMs, publishBehind(event));
    return html(reply, 200, unsubscribedPage());
  });

  const envelope = (source: string, id: string) => ({ specversion: '1.0', id, source, time: new Date(now()).toISOString() }) as const;
  return app;
}

/** Waits for the work, but no longer. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
}

const given = <K extends string>(name: K, value: string | undefined): { readonly [N in K]?: string } =>
  value === undefined ? {} : ({ [name]: value } as { readonly [N in K]: string });
const html = (reply: FastifyReply, status: number, page: string): FastifyReply =>
  reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .send(page);

/** Path of the link's target as the code that conditions may ask for; absent where it would name somebody. */
function linkCode(url: string): string | undefined {
  const path = URL.canParse(url) ? pathCode(new URL(url).pathname) : '';
  return path === '' || looksLikeAddress(path) ? undefined : path;
}

/** Where a rejected event would have gone, so that it can be replayed once we know its type. */
function subjectOf(json: unknown): { readonly subject?: string } {
  const type = (json as { readonly type?: unknown } | null)?.type;
  return typeof type === 'string' && /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/.test(type) ? { subject: engagementSubject(type, '-') } : {};
}

/** 202 when at least one event was taken; each that was not is named by its place in the batch. */
function answer(reply: FastifyReply, taken: readonly Taken[]): FastifyReply {
  const rejected = taken.flatMap((one, index) => (one.as === 'rejected' ? [{ index, ...one.fault }] : []));
  const accepted = taken.length - rejected.length;
  const first = rejected[0];
  if (accepted === 0 && first !== undefined)
    return reply.code(400).send({ problem: { code: first.code, path: first.path, says: first.says }, rejected });
  return reply.code(202).send({ accepted, duplicates: taken.filter((one) => one.as === 'accepted' && one.duplicate).length, rejected });
}
