/** Logs hold what an operator needs and nothing about a person. */
import { createLogger, temporalLogger } from '../../worker/logger';

function logged(write: (logger: ReturnType<typeof createLogger>) => void, level = 'info'): readonly Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLogger(level, { write: (line: string) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const ada = { email: 'ada@example.com', firstName: 'Ada', phone: '+44 20 7946 0000', address: '1 Orchard Road' };

describe('a log line', () => {
  test('says which lead, sequence, stage, facts and wake a decision had', () => {
    const decision = { leadId: 'L1', sequence: 'saas-trial@2', stage: 'decision', facts: ['TouchSent'], wakeAt: 1_700_000_000_000 };
    expect(logged((logger) => logger.info(decision, 'decided'))).toEqual([
      { level: 'info', time: expect.any(String), msg: 'decided', ...decision },
    ]);
  });

  test.each([
    ['at the top', { ...ada }],
    ['one level down', { person: ada, lead: ada }],
    ['two levels down', { request: { lead: ada } }],
    ['three levels down', { event: { data: { lead: ada } } }],
    ['five levels down', { a: { b: { c: { d: { lead: ada } } } } }],
    ['in a list', { leads: [ada, ada] }],
  ])('holds no personal data %s', (_, fields) => {
    const text = JSON.stringify(logged((logger) => logger.warn(fields, 'seen')));
    expect(text).toContain('[redacted]');
    for (const value of Object.values(ada)) expect(text).not.toContain(value);
  });

  test('of a child logger holds no personal data in what the child always says', () => {
    const text = JSON.stringify(logged((logger) => logger.child({ leadId: 'L1', email: ada.email }).info('seen')));
    expect(text).toContain('L1');
    expect(text).not.toContain(ada.email);
  });

  test('of an error keeps its sentence and its code, without the addresses that libraries quote', () => {
    const refused = Object.assign(new Error('550 5.1.1 <ada@example.com>: no such user'), {
      code: 'EENVELOPE',
      recipients: ['ada@example.com'],
    });
    const duplicate = Object.assign(new Error('duplicate key value'), {
      code: '23505',
      detail: 'Key (email)=(ada@example.com) already exists.',
    });
    const lines = logged((logger) => {
      logger.error({ err: refused }, 'not sent');
      logger.error(duplicate);
      logger.error({ lead: 'L1', because: refused }, 'not sent');
    });
    expect(lines[0]).toMatchObject({ err: { message: '550 5.1.1 <[redacted]>: no such user', code: 'EENVELOPE' } });
    expect(lines[1]).toMatchObject({ err: { message: 'duplicate key value', code: '23505' } });
    expect(lines[2]).toMatchObject({ because: { message: '550 5.1.1 <[redacted]>: no such user' } });
    expect(JSON.stringify(lines)).not.toContain('ada@');
  });

  test('below the level is not written', () => {
    expect(logged((logger) => logger.debug('noise'))).toEqual([]);
    expect(logged((logger) => logger.debug('wanted'), 'debug')).toHaveLength(1);
  });

  test('from Temporal keeps its level and its metadata, big numbers included', () => {
    const lines = logged((logger) => temporalLogger(logger).warn('task failed', { workflowId: 'lead/L1', eventId: 12n }));
    expect(lines).toEqual([{ level: 'warn', time: expect.any(String), msg: 'task failed', workflowId: 'lead/L1', eventId: '12' }]);
  });
});
