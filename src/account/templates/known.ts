import type { Client } from '../../core/client';
import type { AccountOptions } from '../../types';
import { findFamily } from './find';
import type { Family } from './find';

// The one thing that is kept between operations, beside connections: what was
// looked up of the templates that are sent, so that 3,000 checked sends cost
// one request. OpenFn loads this module anew for each run, so it is kept for a
// run and no longer. The promise is kept, not its outcome: sends that run at
// the same time share it.
const families = new Map<string, Promise<Family>>();

/** A template in all its languages, looked up once a run. */
export function knownFamily(
  client: Client,
  name: string,
  options: AccountOptions,
): Promise<Family> {
  const { origin, path } = client.base;
  const account = client.id('wabaId');
  const key = JSON.stringify([origin, path, account, name]);
  const known = families.get(key);
  if (known !== undefined) return known;
  const family = findFamily(client, name, options);
  families.set(key, family);
  // What could not be looked up may be looked up by the next send.
  family.catch(() => families.delete(key));
  return family;
}
