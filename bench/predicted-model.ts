/** A predictive model as it would come from the log of the year fixture: twelve columns, three ages; for measuring what asking it costs, not for what it says. */
import { scoringOf, trainFromLog } from '../workflows/core/predict';
import type { Example } from '../workflows/core/predict';
import type { PredictiveScoring } from '../workflows/core/plan';
import { yearEvents, yearStartsAt } from './year';

const size = 1_500;
const sources = ['webinar', 'search', 'referral'];
const industries = ['software', 'retail', 'health', 'finance'];

export function predictedModel(id: string): PredictiveScoring {
  const types = [...new Set(yearEvents(3).map(({ event }) => event.type))];
  const examples = Array.from({ length: size }, (_, lead): Example => {
    const deeds = Object.fromEntries(types.map((type, at) => [`did ${type}`, (lead * (at + 3)) % 7]));
    const eager = (deeds[`did ${types[0] ?? ''}`] ?? 0) + (lead % 3 === 2 ? 3 : 0) + ((lead * 7_919) % 11) / 3;
    return {
      leadId: `lead-${lead}`,
      arrivedAt: yearStartsAt + lead,
      known: { source: sources[lead % 3], industry: industries[lead % 4], seniority: lead % 5 === 0 ? 'head' : 'manager', ...deeds },
      ...(eager > 7.5 ? { days: 10 + (lead % 40) } : {}),
    };
  });
  const answer = trainFromLog({
    ages: (['arrival', '7 days', '30 days'] as const).map((age) => ({ age, examples })),
    withinDays: 90,
    goals: [],
    without: [],
    anyway: false,
    dataDigest: '',
    createdAt: yearStartsAt,
  });
  if (answer.as === 'refused') throw new Error(answer.says);
  return scoringOf(answer.model, id, 1);
}
