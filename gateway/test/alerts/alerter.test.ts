import { expect } from 'chai';
import { createAlertTable } from '../../src/alerts/alert-table';
import { startAlerts } from '../../src/alerts/alerter';
import type { Alerts } from '../../src/alerts/alerter';
import { createPostAlert } from '../../src/alerts/post-alert';
import { createLogger } from '../../src/core/logger';
import { createMetrics } from '../../src/core/metrics';
import type { Database } from '../../src/database/database';
import { AlertReceiver } from '../support/alert-receiver';
import { arrival } from '../support/arrivals';
import { textWebhook } from '../support/payloads';
import { describeStores } from '../support/stores';
import { until } from '../support/waiting';

const DOWN = {
  code: 'DESTINATION_DOWN',
  subject: 'openfn',
  details: { code: 'HTTP_503', minutes: 5 },
} as const;
const DEAD = {
  code: 'DEAD_LETTERS',
  subject: 'openfn',
  details: { code: 'HTTP_404' },
} as const;

describeStores('alerts', store => {
  let receiver: AlertReceiver;
  const running: Alerts[] = [];

  beforeEach(async () => {
    await store().database.query('DELETE FROM whatsapp_gateway.alerts');
    receiver = await new AlertReceiver().open();
  });

  afterEach(async () => {
    for (const alerts of running.splice(0)) await alerts.stop();
    await receiver.close();
  });

  function start(database: Database = store().database, url = receiver.url) {
    const alerts = startAlerts({
      table: createAlertTable(database),
      post: createPostAlert(url),
      log: createLogger('silent'),
      metrics: createMetrics(),
      timing: { poll: 10, retries: [0, 0, 0] },
    });
    running.push(alerts);
    return alerts;
  }

  /** As if so much time had passed. */
  const pass = (interval: string) =>
    store().database.query(
      `UPDATE whatsapp_gateway.alerts SET due_at = due_at - $1::interval`,
      [interval],
    );

  const rows = () =>
    store().database.query<{ code: string; count: number; attempts: number }>(
      'SELECT code, count, attempts FROM whatsapp_gateway.alerts ORDER BY code',
    );

  const settled = (count: number) =>
    until(async () => {
      const found = await rows();
      return found.length > 0 && found.every(row => row.count === count);
    }, 'recording');

  it('posts machine fields, and a text for people', async () => {
    start().raise({ ...DEAD, count: 3 });
    await until(() => receiver.alerts.length === 1, 'the alert');

    const [{ headers } = { headers: {} }] = receiver.received;
    expect(headers).to.include({ 'content-type': 'application/json' });
    const [alert] = receiver.alerts;
    expect(alert).to.deep.include({
      code: 'DEAD_LETTERS',
      severity: 'critical',
      subject: 'openfn',
      details: { code: 'HTTP_404' },
      count: 3,
    });
    expect(alert?.text).to.match(
      /^WhatsApp gateway, critical: 3 forwards to the destination openfn were given up \(HTTP_404\)\. List them/,
    );
    expect(new Date(alert?.at ?? '').toISOString()).to.equal(alert?.at);
  });

  it('sends one of a kind in an hour, and then says how many there were', async () => {
    const alerts = start();
    alerts.raise(DEAD);
    await until(() => receiver.alerts.length === 1, 'the first');
    await settled(0);
    alerts.raise(DEAD);
    alerts.raise({ ...DEAD, count: 4 });
    await settled(5);

    await pass('59 minutes');
    alerts.raise({ ...DEAD, subject: 'another' });
    await until(() => receiver.alerts.length === 2, 'another subject');
    expect(receiver.alerts[1]?.subject).to.equal('another');

    await pass('1 minute');
    await until(() => receiver.alerts.length === 3, 'the second');
    expect(receiver.alerts[2]).to.include({ subject: 'openfn', count: 5 });
  });

  it('says once that something began, and once that it is over', async () => {
    const alerts = start();
    alerts.resolve('DESTINATION_DOWN', 'openfn');
    alerts.raise(DOWN);
    await until(() => receiver.alerts.length === 1, 'the beginning');
    alerts.raise(DOWN);
    alerts.raise(DOWN);
    await settled(0);
    await pass('1 hour');

    alerts.resolve('DESTINATION_DOWN', 'openfn');
    alerts.resolve('DESTINATION_DOWN', 'openfn');
    await until(() => receiver.alerts.length === 2, 'the end');
    await settled(0);
    await pass('1 hour');
    alerts.raise(DEAD);
    await until(() => receiver.codes.includes('DEAD_LETTERS'), 'the marker');

    expect(receiver.codes).to.deep.equal([
      'DESTINATION_DOWN',
      'DESTINATION_RECOVERED',
      'DEAD_LETTERS',
    ]);
  });

  it('does not say an hour later what is over', async () => {
    const alerts = start();
    const counts = (expected: string) =>
      until(
        async () =>
          (await rows()).map(({ count }) => count).join() === expected,
        `counts of ${expected}`,
      );
    alerts.raise(DOWN);
    await until(() => receiver.alerts.length === 1, 'the beginning');
    alerts.resolve('DESTINATION_DOWN', 'openfn');
    await until(() => receiver.alerts.length === 2, 'the end');
    await counts('0,0');
    alerts.raise(DOWN);
    await counts('1,0');
    alerts.resolve('DESTINATION_DOWN', 'openfn');
    await counts('0,1');

    await pass('1 hour');
    await until(() => receiver.alerts.length === 3, 'the end');

    expect(receiver.codes[2]).to.equal('DESTINATION_RECOVERED');
  });

  it('sends each alert once, however many gateways see it', async () => {
    let noted = 0;
    const { query } = store().database;
    const database: Database = {
      ...store().database,
      async query<Row extends object>(text: string, values?: unknown[]) {
        const found = await query<Row>(text, values);
        if (text.includes('INSERT INTO')) noted++;
        return found;
      },
    };
    const gateways = Array.from({ length: 4 }, () => start(database));
    for (const alerts of gateways) alerts.raise(DOWN);
    await until(() => receiver.alerts.length === 1, 'the alert');
    // Else one may see the end before another one has seen the beginning.
    await until(() => noted === gateways.length, 'noting');
    for (const alerts of gateways) {
      alerts.resolve('DESTINATION_DOWN', 'openfn');
    }
    await until(() => receiver.alerts.length === 2, 'the recovery');
    await settled(0);

    expect(receiver.alerts.map(({ count }) => count)).to.deep.equal([1, 1]);
  });

  it('tries again what failed, and drops it after the last try', async () => {
    receiver.refuse(500);
    const alerts = start();
    alerts.raise(DEAD);
    await until(() => receiver.received.length === 4, 'the last try');
    await settled(0);

    receiver.accept();
    await pass('1 hour');
    alerts.raise(DEAD);
    await until(() => receiver.alerts.length === 5, 'the next');
  });

  it('sends what was stored with a webhook, though the gateway ended before it heard of it', async () => {
    const webhook = arrival(textWebhook('Hello'));
    const alerts = () => [
      { code: 'TEMPLATE_PAUSED', subject: 'b\0' } as const,
      { code: 'ACCOUNT_RESTRICTED', subject: 'a' } as const,
    ];
    const lost = {
      ...arrival(textWebhook('Hi')),
      compose: () => expect.fail(),
    };

    await store().write([{ ...webhook, alerts }]);
    // With a webhook that is not stored, its alerts are not either.
    await store()
      .write([{ ...lost, alerts }])
      .catch(() => undefined);
    start();
    await until(() => receiver.alerts.length === 2, 'the alerts');

    const found = receiver.alerts.map(({ code, count }) => `${code} ${count}`);
    expect(found).to.have.members([
      'TEMPLATE_PAUSED 1',
      'ACCOUNT_RESTRICTED 1',
    ]);
  });

  it('sends after a restart what was not sent before', async () => {
    receiver.refuse(503);
    const alerts = start();
    await store().database.query(
      `INSERT INTO whatsapp_gateway.alerts (code, subject, details, count, is_open, due_at)
       VALUES ('DEAD_LETTERS', 'openfn', '{}', 2, false, now() + interval '1 hour')`,
    );
    alerts.raise({ ...DEAD, count: 1 });
    await alerts.stop();
    receiver.accept();
    await pass('1 hour');

    start();
    await until(() => receiver.alerts.length === 1, 'the alert');

    expect(receiver.alerts[0]).to.include({ count: 3 });
  });

  it('waits for nobody, and survives a receiver that never answers', async () => {
    receiver.answer = () => undefined;
    const alerts = start();
    alerts.raise(DEAD);
    await until(() => receiver.received.length === 1, 'the request');

    await alerts.stop();

    expect((await rows())[0]).to.include({ count: 1, attempts: 1 });
  });

  it('sends without the database, and says with it that it is back', async () => {
    let isDown = true;
    const database: Database = {
      ...store().database,
      query: (text, values) =>
        isDown
          ? Promise.reject(new Error('no space'))
          : store().database.query(text, values),
    };
    const alerts = start(database);
    const full = { code: 'STORAGE_DOWN', subject: 'store' } as const;
    alerts.raise({ ...full, details: { code: 'STORAGE_FULL' } });
    await until(() => receiver.alerts.length === 1, 'the alert');
    alerts.resolve(full.code, full.subject);
    isDown = false;
    await until(() => receiver.alerts.length === 2, 'the recovery');

    expect(receiver.codes).to.deep.equal(['STORAGE_DOWN', 'STORAGE_RECOVERED']);
  });
});

describe('createPostAlert', () => {
  it('sends name and password of the URL as Basic authentication, and follows no redirect', async () => {
    const receiver = await new AlertReceiver().open();
    receiver.refuse(302, '', { location: receiver.url });
    const url = new URL(receiver.url);
    url.username = 'gateway';
    url.password = 'p%25ss';

    const result = await createPostAlert(url.href)({
      code: 'TEST',
      subject: 'test',
    });

    expect(result).to.equal('HTTP_302');
    expect(receiver.received).to.have.length(1);
    const expected = Buffer.from('gateway:p%ss').toString('base64');
    expect(receiver.received[0]?.headers.authorization).to.equal(
      `Basic ${expected}`,
    );
    await receiver.close();
  });
});
