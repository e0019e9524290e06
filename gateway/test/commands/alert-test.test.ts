import { expect } from 'chai';
import { alertTestCommand } from '../../src/commands/alert-test';
import { AlertReceiver } from '../support/alert-receiver';
import { rejects } from '../support/rejects';

const run = (variables: Record<string, string>) =>
  alertTestCommand.run({
    values: {},
    word: undefined,
    flags: new Set(),
    environment: () => variables,
  });

describe('alert-test', () => {
  let receiver: AlertReceiver;

  beforeEach(async () => {
    receiver = await new AlertReceiver().open();
  });

  afterEach(() => receiver.close());

  it('posts a test alert to ALERT_URL, and needs no other setting', async () => {
    await run({ ALERT_URL: receiver.url });

    expect(receiver.codes).to.deep.equal(['TEST']);
  });

  it('says how the receiver refused it, without its URL', async () => {
    receiver.refuse(404);

    const error = await rejects(
      run({ ALERT_URL: receiver.url }),
      'ALERT_REFUSED',
    );

    expect(error.message).to.include('HTTP_404').and.not.include('/i/');
  });

  it('asks for ALERT_URL', async () => {
    const error = await rejects(run({}), 'INVALID_SETTINGS');

    expect(error.message).to.include('ALERT_URL is missing.');
  });
});
