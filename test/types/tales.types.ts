/** What the compiler must catch in a tale: names come from the plan, fields from the events. Read by `tsc` alone. */
import { buyersJourney, sequences, trialOffer } from '../../workflows/sequences';
import { journey } from '../../workflows/testing';
import { missed } from '../testing/small-sequences';

const tale = journey(buyersJourney, { with: [trialOffer] });

/** Names of all sequences of the tale are known. */
tale.lead().receives('welcome').receives('first-login').isIn('weigh').isIn('trial').isOn('trial-offer').isHandedOff({ by: 'good-fit' });
tale.does('project.created').does('form.submitted', { form: 'demo' }).does('trial.started').does('trial.started', { plan: 'team' });
tale.hasFact('HandOffBreached', { clock: 'contact' }).waitsFor('rep to accept').waitsFor('ebook', 'cap');
/** Where the plans are not known by name, any name may stand. */
journey(buyersJourney, { with: sequences }).receives('anything');

// @ts-expect-error no sequence of the tale has such a touch
tale.receives('welcom');
// @ts-expect-error the other sequence is not in this tale
journey(buyersJourney).receives('first-login');
// @ts-expect-error nor is it clicked
tale.clicks('ebok');
// @ts-expect-error one misspelt name in a list
tale.received(['welcome', 'how-to-giude']);
// @ts-expect-error no such phase
tale.isIn('lern');
// @ts-expect-error no such phase to enter
tale.lead({}, { phase: 'lern' });
// @ts-expect-error no such sequence
tale.isOn('buyer-journey');
// @ts-expect-error no such rule
tale.isHandedOff({ by: 'hand-riser' });
// @ts-expect-error no such event
tale.does('form.submited', { form: 'demo' });
// @ts-expect-error the event has no such field
tale.does('form.submitted', { from: 'demo' });
// @ts-expect-error the event needs its field
tale.does('form.submitted');
// @ts-expect-error the field is a number
tale.does('webinar.attended', { webinar: 'spring', minutes: 'thirty' });
// @ts-expect-error a span has a unit that exists
tale.after('3 dayz');
// @ts-expect-error no such reason
tale.isNotSent('ebook', 'quiet');
// @ts-expect-error a rep has no such word
tale.rep('accept');
// @ts-expect-error an operator has no such word
tale.operator('pause');
// @ts-expect-error an operator says where to
tale.operator('moves');
// @ts-expect-error the fact has no such field
tale.hasFact('HandOffBreached', { clok: 'contact' });
// @ts-expect-error no such stage
tale.isAtStage('interest');
// @ts-expect-error an option is misspelt
journey(buyersJourney, { wiht: [trialOffer] });

const missedTale = journey(missed);
missedTale.returns('coupon', { code: 'SPRING-7' }).lead().isGivenTask('ring', { to: 'rosa' }).runs('gift', { code: 'x' }).tells('thank');
// @ts-expect-error no such effect
missedTale.returns('cupon', { code: 'SPRING-7' });
// @ts-expect-error the effect returns no such field
missedTale.returns('coupon', { kode: 'SPRING-7' });
// @ts-expect-error no such step
missedTale.isGivenTask('rign');
