import { KEY } from './gateways';

const SITE = { 'sec-fetch-site': 'same-origin' };

/** Logs in at the console of a gateway, and asks it with the cookie. */
export async function openConsole(url: string) {
  const login = await fetch(`${url}/console/session`, {
    method: 'POST',
    headers: { ...SITE, 'content-type': 'application/json' },
    body: JSON.stringify({ key: KEY }),
  });
  const setCookie = login.headers.get('set-cookie') ?? '';
  const cookie = setCookie.split(';')[0] ?? '';

  async function ask<T = Record<string, any>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = SITE,
  ): Promise<{ status: number; body: T }> {
    const response = await fetch(`${url}/console/${path}`, {
      method,
      headers: { ...headers, cookie, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = text === '' ? undefined : (JSON.parse(text) as unknown);
    return { status: response.status, body: answer as T };
  }

  return { ask, cookie, setCookie };
}
