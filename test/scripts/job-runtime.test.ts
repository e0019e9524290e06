import { expect } from 'chai';
import { STEP, SetupError, runJob } from '../../scripts/job-runtime';
import { installFakeAdaptor } from './fake-adaptor';

describe('runJob', () => {
  const { folder, root, remove } = installFakeAdaptor();
  const state = { configuration: { apiToken: 'T' }, data: { phone: '1' } };

  after(remove);

  it('gives the final state, without configuration', async () => {
    const final = await job('send($.data.phone)');

    expect(final).to.deep.equal({
      data: { to: '1' },
      response: { statusCode: 200 },
    });
  });

  it('takes more away when asked to, as a worker does', async () => {
    const final = await job('send($.data.phone)', {
      statePropsToRemove: ['configuration', 'response'],
    });

    expect(final).to.deep.equal({ data: { to: '1' } });
  });

  it('does not change the state that it is given', async () => {
    await job('fn(state => { state.data.phone = 2; return state; })');

    expect(state.data).to.deep.equal({ phone: '1' });
  });

  it('loads the adaptor anew for each run', async () => {
    const finals = [await job('count()'), await job('count()')];

    expect(finals.map(({ data }) => data)).to.deep.equal([1, 1]);
  });

  it('gives an empty state when the job ends without one', async () => {
    expect(await job('leave()')).to.deep.equal({});
  });

  it('leaves a failure in the state, with line, operation and details', async () => {
    const final = await job('fn(s => s);\n\nsend($.data.none);');

    expect(final.data).to.deep.equal({ phone: '1' });
    expect(final.errors?.[STEP]).to.deep.include({
      name: 'AdaptorError',
      message: 'No number.',
      operationName: 'send',
      line: 3,
      details: {
        message: 'No number.',
        code: 'NO_NUMBER',
        description: 'There is no number.',
        fix: 'Give one.',
      },
    });
  });

  it('finds the line of a mistake in the job', async () => {
    const final = await job('send("1");\nfn(state => {\n  state.a.b;\n});');

    expect(final.errors?.[STEP])
      .to.have.property('pos')
      .that.includes({ line: 3, src: '  state.a.b;' });
  });

  it('lets the job catch a failure', async () => {
    const final = await job(
      'send().catch((error, state) => ({ ...state, caught: error.code }))',
    );

    expect(final).to.include({ caught: 'NO_NUMBER' });
    expect(final).not.to.have.property('errors');
  });

  it('forgets the failure of an earlier run, and no other', async () => {
    const errors = { [STEP]: failure('old'), other: failure('kept') };

    const final = await runJob({
      source: 'fn(s => s)',
      state: { errors },
      root,
    });

    expect(final.errors).to.deep.equal({ other: failure('kept') });
  });

  it('gives the job the logger as its console', async () => {
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);

    await job('fn(state => { console.log("hi"); return state; })', {
      logger: { ...console, log },
    });

    expect(lines).to.deep.equal(['hi']);
  });

  it('leaves the console of the tests as it is', async () => {
    await job('fn(state => state)');

    expect(console).not.to.be.frozen;
  });

  it('rejects when the job crashes', async () => {
    await rejects(job('missing()'), 'ReferenceError: missing is not defined');
  });

  it('rejects what does not compile', async () => {
    await rejects(job('fn(() => $.x)'), 'Lazy State Error');
  });

  it('rejects when the adaptor is not built', async () => {
    const error = await rejects(job('fn(s => s)', { root: folder }), 'build');

    expect(error).to.be.instanceOf(SetupError);
  });

  const job = (source: string, options = {}) =>
    runJob({ source, state, root, ...options });
});

const failure = (message: string) => ({ name: 'AdaptorError', message });

async function rejects(work: Promise<unknown>, message: string) {
  const outcome = await work.then(
    () => undefined,
    (error: Error) => error,
  );
  expect(outcome?.message).to.include(message);
  return outcome;
}
