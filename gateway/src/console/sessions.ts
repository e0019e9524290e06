import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Keys } from '../http/authorize';

/** The sessions of operators at the console. */
export interface Sessions {
  /** The value of a cookie for a new session. */
  open(): Promise<string>;
  isOpen(cookie: string | undefined): Promise<boolean>;
  /** Ends a session before its time. */
  end(cookie: string | undefined): Promise<void>;
}

/** Seconds that a session lasts. */
export const SESSION_SECONDS = 12 * 60 * 60;

const derive = promisify<string, string, number, Buffer>(scrypt);

/**
 * Sessions are signed instead of kept, so that they hold at every gateway that
 * has the same key, over a restart too, and end when the key is taken away.
 */
export function createSessions(keys: Keys, now = Date.now): Sessions {
  const ended = new Map<string, number>();
  const sign = createSign();

  async function read(cookie = '') {
    const [id = '', until = '', signature = ''] = cookie.split('.');
    const given = Buffer.from(signature, 'base64url');
    for (const key of keys.of('operate')) {
      const expected = await sign(`${id}.${until}`, key);
      if (given.length !== expected.length) continue;
      if (timingSafeEqual(given, expected)) return { id, until: Number(until) };
    }
    return undefined;
  }

  return {
    async open() {
      const [key] = keys.of('operate');
      if (key === undefined) throw new TypeError('There is no operate key.');
      const id = randomBytes(16).toString('base64url');
      const text = `${id}.${now() + SESSION_SECONDS * 1000}`;
      return `${text}.${(await sign(text, key)).toString('base64url')}`;
    },
    async isOpen(cookie) {
      const session = await read(cookie);
      if (session === undefined || ended.has(session.id)) return false;
      return session.until > now();
    },
    async end(cookie) {
      for (const [id, until] of ended) if (until <= now()) ended.delete(id);
      const session = await read(cookie);
      if (session !== undefined) ended.set(session.id, session.until);
    },
  };
}

function createSign() {
  const derived = new Map<string, Promise<Buffer>>();
  return async (text: string, key: string): Promise<Buffer> => {
    // Slow to compute, so that nobody who has a cookie finds the key by trying.
    const known = derived.get(key);
    const secret = known ?? derive(key, 'whatsapp-gateway console', 32);
    derived.set(key, secret);
    return createHmac('sha256', await secret)
      .update(text)
      .digest();
  };
}
