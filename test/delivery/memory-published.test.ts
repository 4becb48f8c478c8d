import { memoryPublished } from '../../activities/adapters/memory-published';
import type { Settings } from '../../workflows/core/plan';
import { publishedContract, settings } from './published.contract';

describe('published things in memory', () => {
  publishedContract((first) => {
    const source = memoryPublished({ settings: first.find(({ kind }) => kind === 'settings')?.body as Settings });
    source.publish(first);
    return { source, publish: source.publish, later: () => undefined };
  });

  test('without anything but settings nothing is known', async () => {
    expect((await memoryPublished({ settings }).snapshot([])).currentPlan('trial')).toBeUndefined();
  });
});
