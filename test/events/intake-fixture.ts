/** The intake with remembering ports, for the tests of its doors. */
import type { AddressInfo } from 'node:net';
import { sourceOf } from '../../events/bearer';
import { readLink, signLink } from '../../events/links';
import { createIntake, type IntakePorts } from '../../events/intake';
import { fakeOptOuts, fakeRejected, quiet, secret } from './fakes';

export const safari =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15';
export const token = 'token-of-the-website';
export const json = { 'content-type': 'application/cloudevents+json', authorization: `Bearer ${token}` };

/** An intake over a real socket on ports that remember. */
export function intakeOf(ports: Partial<IntakePorts> = {}) {
  const published: {
    readonly subject: string;
    readonly event: { readonly type: string; readonly data: Record<string, unknown> };
    readonly msgId?: string;
    readonly bytes: Uint8Array;
  }[] = [];
  const rejected = fakeRejected();
  const optOuts = fakeOptOuts();
  const seen = new Set<string | undefined>();
  const app = createIntake(
    {
      sourceOf: sourceOf({ site: token, crm: 'token-of-the-crm-00' }),
      publisher: {
        publish(subject, bytes, options) {
          const duplicate = seen.has(options?.msgId);
          seen.add(options?.msgId);
          published.push({
            subject,
            bytes,
            event: JSON.parse(Buffer.from(bytes).toString()),
            ...(options?.msgId === undefined ? {} : { msgId: options.msgId }),
          });
          return Promise.resolve({ seq: published.length, duplicate });
        },
      },
      rejected,
      optOuts,
      readLink: (token) => readLink(secret, token),
      readUnsubscribe: (token) => (token === 'good' ? { leadId: 'ada', effect: 'e1.start.guide.1' } : undefined),
      toEngine: (at) => at,
      isUp: () => true,
      log: quiet,
      ...ports,
    },
    secret,
  );
  apps.push(app);
  return { app: { inject: ask(app), close: () => app.close() }, published, rejected, optOuts };
}

const apps: ReturnType<typeof createIntake>[] = [];
/** For `afterEach`. */
export const closeIntakes = async (): Promise<void> => void (await Promise.all(apps.splice(0).map((app) => app.close())));

type Ask = { readonly method: string; readonly url: string; readonly headers?: Record<string, string>; readonly payload?: unknown };
/** Over a real socket, without following redirects. */
const ask = (app: ReturnType<typeof createIntake>) => async (request: Ask | string) => {
  const { method, url, headers, payload }: Ask = typeof request === 'string' ? { method: 'GET', url: request } : request;
  const address = app.server.listening
    ? `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
    : await app.listen({ host: '127.0.0.1', port: 0 });
  const body = payload === undefined ? undefined : typeof payload === 'string' ? payload : JSON.stringify(payload);
  const answer = await fetch(`${address}${url}`, {
    method,
    redirect: 'manual',
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: text, json: () => JSON.parse(text) };
};
export const link = signLink(secret, {
  leadId: 'ada',
  effect: 'e1.start.guide.1',
  content: 'guide',
  url: 'https://example.com/pricing?x=1',
});
