import type { Command } from './command';
import { createPostAlert } from '../alerts/post-alert';
import { GatewayError } from '../core/errors';
import { readSome } from '../settings/environment';

/** Posts one alert, so that an operator sees whether it arrives. */
export const alertTestCommand: Command = {
  summary: 'posts a test alert to ALERT_URL, and ends',
  options: {},
  async run({ environment }) {
    const { alertUrl } = readSome(environment(), ['alertUrl']);
    if (alertUrl === undefined) {
      throw new GatewayError(
        'INVALID_SETTINGS',
        'ALERT_URL is missing.',
        'Copy it from the incoming webhook of Slack, Mattermost or ntfy.',
      );
    }
    const post = createPostAlert(alertUrl);
    const failure = await post({ code: 'TEST', subject: 'gateway' });
    if (failure === undefined) return console.log('The test alert was taken.');
    throw new GatewayError(
      'ALERT_REFUSED',
      `The test alert was not taken: ${failure}.`,
      'Check ALERT_URL, and whether this machine may reach it.',
    );
  },
};
