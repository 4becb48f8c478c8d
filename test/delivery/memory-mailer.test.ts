import { memoryMailer } from '../../activities/adapters/memory-mailer';
import { mailerContract } from './mailer.contract';

describe('the mailer of tests', () => {
  mailerContract(() => {
    const mailer = memoryMailer();
    return {
      mailer,
      held: (address) => mailer.mails.filter(({ to }) => to === address).map(({ messageId }) => messageId),
      fail: mailer.fail,
    };
  });
});
