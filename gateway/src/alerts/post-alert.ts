import { fetch } from 'undici';
import { createProxyAgent } from '../settings/proxies';
import { bodyOf } from './catalog';
import type { Alert } from './catalog';

/** Posts one alert. Returns undefined when it was taken, else a code; it never throws. */
export type PostAlert = (
  alert: Alert,
  signal?: AbortSignal,
) => Promise<string | undefined>;

const TIMEOUT = 10_000;

/** A sender for ALERT_URL. Name and password in it are for Basic authentication. */
export function createPostAlert(alertUrl: string): PostAlert {
  const url = new URL(alertUrl);
  const { username, password } = url;
  url.username = url.password = '';
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'openfn-whatsapp-gateway',
    ...(username !== '' && {
      authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
    }),
  };
  const dispatcher = createProxyAgent(TIMEOUT);
  return async (alert, stopped) => {
    const late = AbortSignal.timeout(TIMEOUT);
    try {
      const answer = await fetch(url, {
        ...{ method: 'POST', headers, redirect: 'manual' },
        body: JSON.stringify(bodyOf(alert, new Date().toISOString())),
        signal: stopped ? AbortSignal.any([stopped, late]) : late,
        ...(dispatcher && { dispatcher }),
      });
      await answer.body?.cancel();
      return answer.ok ? undefined : `HTTP_${answer.status}`;
    } catch {
      return late.aborted ? 'TIMEOUT' : 'UNREACHABLE';
    }
  };
}
