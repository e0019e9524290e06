import type { Client } from '../core/client';
import { createHash } from 'node:crypto';
import { refuse } from '../core/errors';
import type { GivenFile, Source } from './source';
import { extensionOf } from './media-types';
import type { Purpose } from './media-types';

type Kept<T> = { promise: Promise<T>; id?: string };

// State of the module, against the rule: an ID has to outlive the operation, a
// state is copied, and IDs on it would be saved. OpenFn loads the package anew
// for each run, so they live for one run; Meta keeps them for 30 days. The keys
// hold hashes, and only what asks for `reuse` comes here.
const kept = new Map<string, Kept<{ id: string }>>();

/** What was made for this key, made only once; also when many ask at the same time. */
export function once<T extends { id: string }>(
  key: string,
  make: () => Promise<T>,
): { promise: Promise<T>; isFirst: boolean } {
  const earlier = kept.get(key) as Kept<T> | undefined;
  if (earlier) return { promise: earlier.promise, isFirst: false };
  const entry: Kept<T> = { promise: make() };
  kept.set(key, entry);
  entry.promise.then(
    ({ id }) => (entry.id = id),
    () => kept.delete(key),
  );
  return { promise: entry.promise, isFirst: true };
}

/** Keeps an ID no longer, as its media was deleted. */
export function forget(id: string): void {
  for (const [key, entry] of kept) if (entry.id === id) kept.delete(key);
}

/** What an upload depends on: the number, the content, and what is said about it. */
export function keyOf(
  client: Client,
  { source, type, filename }: GivenFile,
  { kind, isVoice }: Purpose,
): string {
  const { origin, path } = client.base;
  const number = client.numberParts;
  const said = [type, extensionOf(filename), kind, isVoice];
  return JSON.stringify([origin, path, number, hashOf(source), ...said]);
}

/** A URL stands for its content: to compare that, it would have to be fetched for every person. */
function hashOf(source: Source): string {
  if ('stream' in source) {
    return refuse(
      'INVALID_OPTIONS',
      'The option reuse does not go with a stream, which can be read only once.',
      'Upload it once with uploadMedia, and send its ID.',
    );
  }
  return createHash('sha256')
    .update('bytes' in source ? source.bytes : source.url.href)
    .digest('base64');
}
