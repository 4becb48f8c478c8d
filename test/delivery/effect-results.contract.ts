/** What every store of results does, on Postgres and in memory. */
import type { EffectResults } from '../../activities/ports';

export function effectResultsContract(open: () => Promise<EffectResults>): void {
  test('the first result kept under a key stays, for each lead its own', async () => {
    const results = await open();
    expect(await results.find('ld_1', 'e1.start.gift')).toBeUndefined();
    expect(await results.keep('ld_1', 'e1.start.gift', { code: 'a', value: 3, on: true })).toEqual({ code: 'a', value: 3, on: true });
    expect(await results.keep('ld_1', 'e1.start.gift', { code: 'b' })).toEqual({ code: 'a', value: 3, on: true });
    expect(await results.find('ld_1', 'e1.start.gift')).toEqual({ code: 'a', value: 3, on: true });
    expect([await results.find('ld_2', 'e1.start.gift'), await results.find('ld_1', 'e1.start.gift~2')]).toEqual([undefined, undefined]);
  });

  test('of two that are kept at once one is answered to both', async () => {
    const results = await open();
    const [a, b] = await Promise.all([results.keep('ld_1', 'k', { code: 'a' }), results.keep('ld_1', 'k', { code: 'b' })]);
    expect(a).toEqual(b);
  });
}
