import { expect } from 'chai';
import { GatewayError } from '../../src/core/errors';
import { createLogger } from '../../src/core/logger';
import { watchStorage } from '../../src/store/storage-monitor';
import { describeStores } from '../support/stores';
import type { Database } from '../../src/database/database';
import { sleep, until } from '../support/waiting';

const failure = (code: string) => Object.assign(new Error('no'), { code });

describeStores('the storage monitor', store => {
  const changes: (string | undefined)[] = [];
  const start = (every = 60_000, database = store().database) =>
    watchStorage({
      database,
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

  it('still has a problem when a check that began before ends without one', async () => {
    const { database } = store();
    let isChecking = false;
    let finish = () => {};
    const slow: Database = {
      ...database,
      async transaction(work) {
        const result = await database.transaction(work);
        isChecking = true;
        await new Promise<void>(resolve => (finish = resolve));
        return result;
      },
    };
    const starting = start(50, slow);
    await until(() => isChecking, 'checking');
    finish();
    const monitor = await starting;
    isChecking = false;
    await until(() => isChecking, 'checking again');

    monitor.noteFailure(failure('53100'));
    finish();
    await sleep(20);
    const { problem } = monitor;
    monitor.stop();
    finish();

    expect(problem?.code).to.equal('STORAGE_FAILED');
  });

  it('has no problem when a webhook is at fault, or the gateway refuses it', async () => {
    const monitor = await start();

    monitor.noteFailure(failure('22021'));
    monitor.noteFailure(new GatewayError('QUARANTINE_FULL', 'Full.', 'Wait.'));
    monitor.stop();

    expect(monitor.problem).to.equal(undefined);
    expect(changes).to.deep.equal([]);
  });
});
