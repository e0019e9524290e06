import { expect } from 'chai';
import { startSimulator } from '../../simulator/src/index';
import type { Simulator } from '../../simulator/src/index';
import { exampleState, run } from './run';

const SEND = `sendTemplate(
  $.data.phone,
  'vaccination_day',
  { name: $.data.name, date: 'Tuesday' },
  { check: true },
)`;

describe('checked sends of a job', () => {
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());

  const lookUps = () =>
    simulator.requests.filter(({ method }) => method === 'GET').length;

  it('look their template up once a run', async () => {
    const { phone, name } = exampleState(simulator).data as Record<
      string,
      string
    >;
    const people = Array.from({ length: 5 }, () => ({ phone, name }));
    const state = { ...exampleState(simulator), people };

    const { failure } = await run(
      `each($.people, ${SEND});\neach($.people, ${SEND});`,
      state,
    );

    expect(failure).to.equal(undefined);
    expect(simulator.transcript()).to.have.length(10);
    expect(lookUps()).to.equal(1);
  });

  it('look it up anew in the next run, and see what has changed', async () => {
    await run(SEND, exampleState(simulator));
    simulator.judgeTemplate('vaccination_day', { status: 'PAUSED' });

    const { failure } = await run(SEND, exampleState(simulator));

    expect(failure).to.have.nested.property(
      'details.code',
      'TEMPLATE_UNAVAILABLE',
    );
    expect(simulator.transcript()).to.have.length(1);
  });

  it('leave what does not fit in the errors of the step', async () => {
    const { failure } = await run(
      SEND.replace("date: 'Tuesday'", "day: 'Tuesday'"),
      exampleState(simulator),
    );

    expect(failure).to.have.nested.property(
      'details.description',
      'vaccination_day (en_US) needs name, date; you gave name, day.',
    );
  });
});
