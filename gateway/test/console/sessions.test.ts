import { expect } from 'chai';
import { SESSION_SECONDS, createSessions } from '../../src/console/sessions';
import { createKeys } from '../../src/http/authorize';

const secretsOf = (...operateKey: string[]) => ({
  ...{ appSecrets: [], gatewayKey: [], readKey: [], metricsKey: [] },
  operateKey,
});

describe('the sessions of the console', () => {
  it('hold at every gateway with the same key, and over a restart', async () => {
    const cookie = await createSessions(createKeys(secretsOf('key'))).open();

    const other = createSessions(createKeys(secretsOf('new', 'key')));

    expect(await other.isOpen(cookie)).to.equal(true);
  });

  it('end when the key is taken away', async () => {
    const keys = createKeys(secretsOf('key'));
    const sessions = createSessions(keys);
    const cookie = await sessions.open();

    keys.replace(secretsOf('other'));

    expect(await sessions.isOpen(cookie)).to.equal(false);
  });

  it('end after their time', async () => {
    let now = Date.parse('2026-11-20T08:00:00Z');
    const sessions = createSessions(createKeys(secretsOf('key')), () => now);
    const cookie = await sessions.open();

    now += SESSION_SECONDS * 1000 - 1;
    expect(await sessions.isOpen(cookie)).to.equal(true);
    now += 1;
    expect(await sessions.isOpen(cookie)).to.equal(false);
  });

  it('end when the operator logs out, and the others go on', async () => {
    const sessions = createSessions(createKeys(secretsOf('key')));
    const [mine, other] = [await sessions.open(), await sessions.open()];

    await sessions.end(mine);

    expect(await sessions.isOpen(mine)).to.equal(false);
    expect(await sessions.isOpen(other)).to.equal(true);
  });

  it('cannot be made up or prolonged', async () => {
    const sessions = createSessions(createKeys(secretsOf('key')));
    const [id, until, signature] = (await sessions.open()).split('.');

    for (const cookie of [
      undefined,
      '',
      '..',
      'a.b.c',
      `${id}.${Number(until) + 1}.${signature}`,
      `x${id}.${until}.${signature}`,
      `${id}.${until}.${signature}x`,
      `${id}.${until}.`,
    ]) {
      expect(await sessions.isOpen(cookie), cookie).to.equal(false);
    }
  });
});
