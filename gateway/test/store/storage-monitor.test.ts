import { expect } from 'chai';
import { GatewayError } from '../../src/core/errors';
import { createLogger } from '../../src/core/logger';
import { watchStorage } from '../../src/store/storage-monitor';
import { describeStores } from '../support/stores';
import { until } from '../support/waiting';

const failure = (code: string) => Object.assign(new Error('no'), { code });

describeStores('the storage monitor', store => {
  const changes: (string | undefined)[] = [];
  const start = (every = 60_000) =>
    watchStorage({
      database: store().database,
      folder: undefined,
      minFreeMb: 0,
      log: createLogger('silent'),
      onChange: problem => changes.push(problem?.code),
      every,
    });

  beforeEach(() => void changes.splice(0));

  it('notes at once that webhooks cannot be stored, and when they can again', async () => {
    const monitor = await start(50);

    monitor.noteFailure(failure('53100'));
    const { problem } = monitor;
    await until(() => monitor.problem === undefined, 'recovering');
    monitor.stop();

    expect(problem).to.be.instanceOf(GatewayError);
    expect(problem?.code).to.equal('STORAGE_FAILED');
    expect(changes).to.deep.equal(['STORAGE_FAILED', undefined]);
  });

  it('has no problem when a webhook is at fault', async () => {
    const monitor = await start();

    monitor.noteFailure(failure('22021'));
    monitor.stop();

    expect(monitor.problem).to.equal(undefined);
    expect(changes).to.deep.equal([]);
  });
});
