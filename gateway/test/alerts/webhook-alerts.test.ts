import { expect } from 'chai';
import { parse } from '../../../src/webhook';
import type { Alert } from '../../src/alerts/catalog';
import { bodyOf } from '../../src/alerts/catalog';
import { alertOf, watchSignatures } from '../../src/alerts/webhook-alerts';
import { AlertReceiver } from '../support/alert-receiver';
import { startGateway, stopGateways } from '../support/gateways';
import { post } from '../support/payloads';
import { until } from '../support/waiting';

const WABA = '102290129340398';

function news(field: string, value: object): string {
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: WABA, time: 1751247548, changes: [{ field, value }] }],
  });
}

function read(field: string, value: object): Alert | undefined {
  const [event] = parse(news(field, value)).account;
  return event && alertOf(event);
}

describe('alertOf', () => {
  const template = (event: string, more: object = {}) =>
    read('message_template_status_update', {
      event,
      message_template_id: 1689556908129835,
      message_template_name: 'visit_reminder',
      message_template_language: 'en-US',
      reason: 'INVALID_FORMAT',
      rejection_info: { reason: 'Words of a person at Meta.' },
      ...more,
    });

  it('names a template that was rejected, paused, flagged or disabled', () => {
    expect(template('REJECTED')).to.deep.equal({
      code: 'TEMPLATE_REJECTED',
      subject: 'visit_reminder',
      details: {
        event: 'REJECTED',
        reason: 'INVALID_FORMAT',
        message_template_language: 'en-US',
      },
    });
    for (const event of ['PAUSED', 'FLAGGED', 'DISABLED']) {
      expect(template(event)?.code).to.equal('TEMPLATE_PAUSED');
    }
    expect(template('APPROVED')).to.equal(undefined);
  });

  it('tells quality from limits, and shows four digits of the number', () => {
    const number = (event: string, more = {}) =>
      read('phone_number_quality_update', {
        display_phone_number: '15550783881',
        event,
        current_limit: 'TIER_1K',
        ...more,
      });

    expect(number('FLAGGED')).to.deep.equal({
      code: 'NUMBER_QUALITY_CHANGED',
      subject: '…3881',
      details: { event: 'FLAGGED', current_limit: 'TIER_1K' },
    });
    expect(
      number('DOWNGRADE', { max_daily_conversations_per_business: 2000 }),
    ).to.deep.include({
      code: 'NUMBER_LIMIT_CHANGED',
      details: {
        event: 'DOWNGRADE',
        current_limit: 'TIER_1K',
        max_daily_conversations_per_business: 2000,
      },
    });
    expect(
      read('business_capability_update', {
        max_daily_conversations_per_business: 2000,
        max_phone_numbers_per_waba: 25,
      }),
    ).to.deep.equal({
      code: 'NUMBER_LIMIT_CHANGED',
      subject: WABA,
      details: { max_daily_conversations_per_business: 2000 },
    });
  });

  it('knows what restricts an account, and what lifts it', () => {
    const account = (value: object) => read('account_update', value);

    expect(
      account({
        event: 'ACCOUNT_RESTRICTION',
        restriction_info: [
          {
            restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING',
            expiration: 1641848634,
          },
          { restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION' },
        ],
      }),
    ).to.deep.equal({
      code: 'ACCOUNT_RESTRICTED',
      subject: WABA,
      details: {
        event: 'ACCOUNT_RESTRICTION',
        restrictions:
          'RESTRICTED_BIZ_INITIATED_MESSAGING RESTRICTED_ADD_PHONE_NUMBER_ACTION',
      },
    });
    expect(
      account({
        event: 'ACCOUNT_VIOLATION',
        violation_info: { violation_type: 'ADULT' },
      }),
    ).to.deep.include({ code: 'ACCOUNT_RESTRICTED' });
    expect(
      account({
        event: 'DISABLED_UPDATE',
        ban_info: { waba_ban_state: 'REINSTATE' },
      }),
    ).to.deep.include({ code: 'ACCOUNT_REINSTATED' });
    expect(account({ event: 'PARTNER_ADDED' })).to.equal(undefined);
    expect(
      read('account_review_update', { decision: 'REJECTED' }),
    ).to.deep.include({ code: 'ACCOUNT_RESTRICTED' });
    expect(read('account_review_update', { decision: 'APPROVED' })).to.equal(
      undefined,
    );
  });

  it('lets through codes only, whatever stands in their place', () => {
    const words = 'Amina of +254700000001';
    const alerts = [
      template('PAUSED', { message_template_name: words, reason: words }),
      read('phone_number_quality_update', {
        display_phone_number: { words },
        event: words,
        current_limit: '254700000001',
      }),
      read('account_update', {
        event: 'ACCOUNT_VIOLATION',
        violation_info: words,
        ban_info: { waba_ban_state: words },
        restriction_info: [null, words, { restriction_type: words }],
      }),
      read('business_capability_update', {}),
    ];

    expect(alerts).not.to.include(undefined);
    const texts = alerts.map(alert => alert && bodyOf(alert, 'now'));
    expect(JSON.stringify(texts)).not.to.match(/Amina|2547/);
    expect(JSON.stringify(texts)).not.to.include('()');
  });
});

describe('watchSignatures', () => {
  it('raises an alert at ten within ten minutes, and begins anew', () => {
    const raised: Alert[] = [];
    let now = 0;
    const note = watchSignatures(
      { raise: alert => raised.push(alert) },
      () => now,
    );

    for (let i = 0; i < 9; i++) note();
    now += 600_000;
    for (let i = 0; i < 9; i++) note();
    expect(raised).to.deep.equal([]);
    note();
    for (let i = 0; i < 9; i++) note();

    expect(raised).to.deep.equal([
      { code: 'SIGNATURES_INVALID', subject: 'webhook', count: 10 },
    ]);
  });
});

describe('a gateway with ALERT_URL', () => {
  let receiver: AlertReceiver;

  beforeEach(async () => {
    receiver = await new AlertReceiver().open();
  });

  afterEach(async () => {
    await stopGateways();
    await receiver.close();
  });

  it('sends news of the account once, though Meta sends them twice', async () => {
    const { url } = await startGateway({ alertUrl: receiver.url });
    const body = news('message_template_status_update', {
      event: 'PAUSED',
      message_template_name: 'visit_reminder',
    });
    await post(url, body);
    await until(() => receiver.alerts.length === 1, 'the alert');
    await post(url, body);
    const other = news('account_update', { event: 'ACCOUNT_DELETED' });
    await post(url, other);
    await until(() => receiver.alerts.length === 2, 'the other');

    expect(receiver.alerts[0]).to.include({
      code: 'TEMPLATE_PAUSED',
      subject: 'visit_reminder',
      count: 1,
    });
  });

  it('says that the disk is below MIN_FREE_MB', async () => {
    await startGateway({ alertUrl: receiver.url, minFreeMb: 1_000_000 });
    await until(() => receiver.alerts.length === 1, 'the alert');

    expect(receiver.alerts[0]).to.deep.include({
      code: 'STORAGE_DOWN',
      details: { code: 'STORAGE_FULL' },
    });
  });

  it('answers Meta though the receiver does not answer', async () => {
    receiver.answer = () => undefined;
    const { url } = await startGateway({ alertUrl: receiver.url });
    for (let i = 0; i < 10; i++) {
      const { status } = await post(url, '{}', 'sha256=00');
      expect(status).to.equal(401);
    }
    await until(() => receiver.received.length === 1, 'the alert');

    const body = news('account_update', { event: 'ACCOUNT_DELETED' });
    expect((await post(url, body)).status).to.equal(200);
    expect(receiver.codes).to.deep.equal(['SIGNATURES_INVALID']);
  });
});
