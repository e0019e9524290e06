import { expect } from 'chai';
import { startSandbox } from '../../sandbox/src/index';
import type { Sandbox } from '../../sandbox/src/index';
import { exampleState, run } from './run';

const SEND = `sendTemplate(
  $.data.phone,
  'vaccination_day',
  { name: $.data.name, date: 'Tuesday' },
  { check: true },
)`;

describe('checked sends of a job', () => {
  let sandbox: Sandbox;

  before(async () => {
    sandbox = await startSandbox();
  });
  beforeEach(() => sandbox.reset());
  after(() => sandbox.close());

  const lookUps = () =>
    sandbox.requests.filter(({ method }) => method === 'GET').length;

  it('look their template up once a run', async () => {
    const { phone, name } = exampleState(sandbox).data as Record<
      string,
      string
    >;
    const people = Array.from({ length: 5 }, () => ({ phone, name }));
    const state = { ...exampleState(sandbox), people };

    const { failure } = await run(
      `each($.people, ${SEND});\neach($.people, ${SEND});`,
      state,
    );

    expect(failure).to.equal(undefined);
    expect(sandbox.transcript()).to.have.length(10);
    expect(lookUps()).to.equal(1);
  });

  it('look it up anew in the next run, and see what has changed', async () => {
    await run(SEND, exampleState(sandbox));
    sandbox.judgeTemplate('vaccination_day', { status: 'PAUSED' });

    const { failure } = await run(SEND, exampleState(sandbox));

    expect(failure).to.have.nested.property(
      'details.code',
      'TEMPLATE_UNAVAILABLE',
    );
    expect(sandbox.transcript()).to.have.length(1);
  });

  it('leave what does not fit in the errors of the step', async () => {
    const { failure } = await run(
      SEND.replace("date: 'Tuesday'", "day: 'Tuesday'"),
      exampleState(sandbox),
    );

    expect(failure).to.have.nested.property(
      'details.description',
      'vaccination_day (en_US) needs name, date; you gave name, day.',
    );
  });
});
