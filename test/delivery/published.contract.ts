/** What every source of published things does. */
import type { PieceSource } from '../../activities/adapters/liquid-renderer';
import type { PublishedSource } from '../../activities/ports';
import { artefactOf, refOf } from '../../events/digest';
import type { Artefact } from '../../events/requests';
import type { ContentPiece } from '../../events/templates';
import type { Condition, Model, Plan, Settings } from '../../workflows/core/plan';

export const settings: Settings = {
  id: 'workspace',
  version: 1,
  model: 'points',
  cap: { touches: 3, per: '7 days' },
  quietHours: { from: 21, to: 8, zone: 'UTC' },
  restAfter: '30 days',
  unavailable: { retryAfter: '30 minutes', attempts: 3 },
};
export const model: Model = {
  id: 'points',
  version: 1,
  rules: [],
  decay: [],
  fit: {},
  grades: { A: 3, B: 2, C: 1 },
  bands: { hot: 2, warm: 1 },
  mqlAt: 40,
};
export const plan = (version: number, on?: Condition): Plan => ({
  id: 'trial',
  version,
  for: 'leads',
  model: 'points',
  ...(on === undefined ? {} : { on }),
  reenter: 'never',
  exit: [],
  handOff: [],
  entry: [],
  // An order that sorting by name or length would change.
  phases: { zeta: { touches: [], advance: [], exhaustedAfter: '1 day' }, be: { touches: [], advance: [], exhaustedAfter: '1 day' } },
});
export const welcome: ContentPiece = {
  id: 'welcome',
  version: 1,
  kind: 'blog',
  stage: 'awareness',
  language: 'en',
  subject: 'Hi',
  template: '<p>Hi</p>',
};
const started: Condition = { kind: 'engaged', type: 'trial.started' };

export type PublishedWorld = {
  readonly source: PublishedSource & PieceSource;
  publish(artefacts: readonly Artefact[]): Promise<void> | void;
  /** Lets the source look again. */
  later(): void;
};

export function publishedContract(open: (first: readonly Artefact[]) => Promise<PublishedWorld> | PublishedWorld): void {
  const first = [
    artefactOf('settings', settings),
    artefactOf('model', model),
    artefactOf('content', welcome),
    artefactOf('plan', plan(1, started)),
  ];
  const ref = (body: Plan): string => refOf(body.id, body.version, artefactOf('plan', body).digest);

  test('a snapshot answers by ref, by id and by version', async () => {
    const { source } = await open(first);
    const one = plan(1, started);
    const published = await source.snapshot([ref(one)]);
    expect(published.plan(ref(one))).toEqual(one);
    expect(published.currentPlan('trial')).toEqual({ ref: ref(one), plan: one });
    expect(published.currentPlan('trial@1')).toEqual({ ref: ref(one), plan: one });
    expect(published.currentPlan('trial@9')).toBeUndefined();
    expect(published.currentModel('points')?.model).toEqual(model);
    expect(published.content('welcome')).toEqual({
      id: 'welcome',
      version: 1,
      digest: artefactOf('content', welcome).digest,
      kind: 'blog',
      stage: 'awareness',
      language: 'en',
    });
    expect(published.settings).toEqual(settings);
    expect(published.calendar.offset('Asia/Kathmandu', 0)).toBe(330);
    expect((await source.currentPiece('welcome'))?.piece).toEqual(welcome);
    expect(await source.currentPiece('nothing')).toBeUndefined();
  });

  test('phases keep the order in which they were written', async () => {
    const { source } = await open(first);
    expect(Object.keys((await source.snapshot([])).currentPlan('trial')?.plan.phases ?? {})).toEqual(['zeta', 'be']);
  });

  test('a new version becomes current, the old one stays, and every plan keeps being the same object', async () => {
    const { source, publish, later } = await open(first);
    const before = await source.snapshot([]);
    const old = before.currentPlan('trial');
    await publish([artefactOf('plan', plan(2))]);
    later();
    const after = await source.snapshot([]);
    expect(after.currentPlan('trial')?.plan.version).toBe(2);
    expect(after.plan(old?.ref ?? '')).toBe(old?.plan);
    expect(after.currentModel('points')?.model).toBe(before.currentModel('points')?.model);
    expect((await source.snapshot([])).currentPlan('trial')?.plan).toBe(after.currentPlan('trial')?.plan);
  });

  test('a higher version published before a lower one stays current', async () => {
    const { source, publish, later } = await open([...first, artefactOf('plan', plan(3))]);
    await publish([artefactOf('plan', plan(2))]);
    later();
    expect((await source.snapshot([])).currentPlan('trial')?.plan.version).toBe(3);
  });

  test('an event enrols into the newest versions that begin with it, also by one of several conditions', async () => {
    const { source, publish, later } = await open(first);
    expect((await source.snapshot([])).enrolledBy('trial.started').map(({ plan: { version } }) => version)).toEqual([1]);
    const others: Condition = {
      kind: 'any',
      of: [
        { kind: 'engaged', type: 'cart.updated' },
        { kind: 'all', of: [{ kind: 'engaged', type: 'order.placed' }] },
        { kind: 'not', of: started },
      ],
    };
    await publish([artefactOf('plan', plan(2, others))]);
    later();
    const published = await source.snapshot([]);
    expect(['trial.started', 'cart.updated', 'order.placed'].map((type) => published.enrolledBy(type).length)).toEqual([0, 1, 1]);
  });

  test('a ref that is nowhere is digest-unknown', async () => {
    const { source } = await open(first);
    await expect(source.snapshot(['trial@1#ffffffffffff'])).rejects.toMatchObject({ type: 'digest-unknown', nonRetryable: false });
  });
}
