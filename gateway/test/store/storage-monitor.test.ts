import { expect } from 'chai';
import { GatewayError } from '../../src/errors';
import { createLogger } from '../../src/logger';
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

    const error = await monitor
      .watch(Promise.reject(failure('53100')))
      .catch((error: unknown) => error);
    const { problem } = monitor;
    await until(() => monitor.problem === undefined, 'recovering');
    monitor.stop();

    expect(error).to.have.property('code', '53100');
    expect(problem).to.be.instanceOf(GatewayError);
    expect(problem?.code).to.equal('STORAGE_FAILED');
    expect(changes).to.deep.equal(['STORAGE_FAILED', undefined]);
  });

  it('has no problem when a webhook is at fault, or stored', async () => {
    const monitor = await start();

    const stored = await monitor.watch(Promise.resolve('stored'));
    await monitor.watch(Promise.reject(failure('22021'))).catch(() => 0);
    monitor.stop();

    expect(stored).to.equal('stored');
    expect(monitor.problem).to.equal(undefined);
    expect(changes).to.deep.equal([]);
  });
});
