/** What a simulation shows of steps that write nothing to the person. */
import { pictureOf } from '../../client/simulation-picture';
import { choose, defineSequence, field, run, task } from '../../workflows/core/words';
import { exampleOf } from '../../events/custom-effects';
import { simulation } from '../../workflows/core/simulate/simulation';
import { livelyBehaviour, published, simulatedFrom } from '../core/simulate/fixture';

const gifts = defineSequence({
  id: 'gifts',
  version: 1,
  model: 'b2b-points',
  phases: {
    start: {
      touches: [
        run('gift', { after: '0 minutes', effect: 'coupon', with: { prefix: 'SPRING' }, into: 'coupon' }),
        choose('made', {
          arms: { yes: { when: field('data.coupon.code').known(), touches: [task('ring', { after: '1 day', says: 'Ring.' })] } },
        }),
      ],
      exhaustedAfter: '9 days',
    },
  },
});

const pictured = (returns?: typeof exampleOf): string => {
  const all = published([gifts]);
  const sequence = all.currentPlan('gifts');
  if (sequence === undefined) throw new Error('not published');
  const run = simulation({
    published: all,
    sequence,
    behaviour: livelyBehaviour(),
    seed: 1,
    from: simulatedFrom,
    days: 30,
    ...(returns === undefined ? {} : { returns }),
  });
  run.run(0, 20);
  return pictureOf(run.report());
};
const row = (picture: string, step: string): string | undefined =>
  picture.split('\n').find((line) => line.startsWith(`gifts/start/${step} `));

test('tasks and own effects are counted as done, and are no messages', () => {
  const picture = pictured(exampleOf);
  expect(row(picture, 'gift')).toMatch(/ 20 +20\b/);
  expect(row(picture, 'ring')).toMatch(/ 20 +20\b/);
  expect(picture).toContain('0 messages were sent');
});

test('the way behind an effect is taken by what its example returns', () => {
  expect(row(pictured(), 'ring')).not.toMatch(/ 20 +20\b/);
});
