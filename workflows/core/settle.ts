/** Runs the rules until nothing more follows, so that one decision settles the lead. */
import { chooseAll } from './choices';
import { doAll } from './deeds';
import { enrolScored } from './crossings';
import type { Crossing } from './crossings';
import type { Deciding } from './deciding';
import { requestHandOff, runHandOff } from './hand-off-rules';
import { placeAll } from './matrix';
import { leaveAll, moveAll } from './movement';
import { qualifyAwaited, qualifyByScore } from './qualification';
import { rest } from './rest';
import { enrolSilent } from './silence';
import { settleStage } from './stage-rule';
import { touchAll } from './touches';

/** A plan that goes round without a wait is stopped here; its wake is then at once, and the shell backs off. */
const mostRounds = 100;

/** `before`: moment of the last fact; `below`: scores that enrol and were not reached as the decision began. */
export function settle(deciding: Deciding, before: number, below: Set<Crossing>): void {
  for (let round = 0; round < mostRounds; round += 1) {
    const settled = deciding.facts.length;
    // Settings, models and sequences change without an event of the person's.
    placeAll(deciding);
    enrolSilent(deciding);
    enrolScored(deciding, below);
    leaveAll(deciding);
    // Before the enrolment moves on: whoever asks for a rep and is ready for another sequence by the same event gets the rep.
    requestHandOff(deciding);
    moveAll(deciding);
    runHandOff(deciding);
    chooseAll(deciding);
    doAll(deciding);
    touchAll(deciding);
    qualifyAwaited(deciding);
    qualifyByScore(deciding);
    settleStage(deciding, undefined, false);
    if (deciding.facts.length === settled) break;
  }
  rest(deciding, before);
}
