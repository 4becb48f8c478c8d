/** Once a run: everything that global-setup.ts started is ended, and its folder removed. */
export default async function teardown(): Promise<void> {
  await globalThis.ripenTestStack?.stop();
  globalThis.ripenTestStack = undefined;
}
