/** The order of test files: those that wait long for real servers first, so that nobody waits for the last of them; then the other server tests, then the rest. */
const Sequencer = require('@jest/test-sequencer').default;

/** Most of their time passes in waiting: NATS that is away, workers that are killed and missed. */
const long = ['nats-away', 'own-effects', 'killed-servers', 'killed-worker', 'protocol', 'rebuild', 'same-facts'];
const rank = ({ path }) => {
  const place = long.findIndex((name) => path.endsWith(`/${name}.server.test.ts`));
  if (place >= 0) return place;
  return path.endsWith('.server.test.ts') ? long.length : long.length + 1;
};

module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
};
