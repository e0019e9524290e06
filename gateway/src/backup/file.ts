import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { GatewayError, codeOf } from '../core/errors';
import { syncPath } from '../database/sync-path';
import { damaged, readEntries } from './format';
import type { Entry } from './format';

/** Refuses early what would be refused at the end. */
export function checkTarget(file: string): void {
  if (!existsSync(file)) return;
  throw new GatewayError(
    'FILE_EXISTS',
    `There is a file ${file} already.`,
    'Choose another name, or move the file away.',
  );
}

/**
 * Writes a backup under a temporary name, reads it again, and gives it its name
 * when it is whole and on disk. What an interruption left is overwritten.
 */
export async function writeBackup(
  source: Readable,
  file: string,
  onProgress: (bytes: number) => void,
): Promise<Record<string, number>> {
  const partial = `${file}.partial`;
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onProgress((bytes += chunk.length));
      done(null, chunk);
    },
  });
  const target = createWriteStream(partial, { mode: 0o600, flush: true });
  await pipeline(source, meter, target);
  const counts = await checkBackup(partial);
  checkTarget(file);
  await rename(partial, file);
  syncPath(dirname(file));
  return counts;
}

/** Reads all of a backup, and throws when it is damaged. */
export async function checkBackup(
  file: string,
): Promise<Record<string, number>> {
  let counts: Record<string, number> = {};
  for await (const entry of readBackup(file)) {
    if (entry.type === 'end') ({ counts } = entry);
  }
  return counts;
}

export async function* readBackup(file: string): AsyncGenerator<Entry> {
  const source = createReadStream(file);
  const content = createGunzip();
  source.on('error', error => content.destroy(error));
  try {
    yield* readEntries(linesOf(source.pipe(content)));
  } catch (error) {
    throw explain(file, error);
  } finally {
    source.destroy();
    content.destroy();
  }
}

/** Lines end with a line feed only: others may be inside of texts. */
async function* linesOf(content: Readable): AsyncGenerator<string> {
  let rest = '';
  content.setEncoding('utf8');
  for await (const chunk of content as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') throw damaged('ends too early');
}

function explain(file: string, error: unknown): unknown {
  const code = codeOf(error) ?? '';
  if (code.startsWith('Z_')) return damaged('cannot be unpacked', error);
  if (!/^(ENOENT|EACCES|EISDIR)$/.test(code)) return error;
  return new GatewayError(
    'FILE_UNREADABLE',
    `The backup ${file} cannot be read: ${code}.`,
    'Check its name, and whether this user may read it.',
    error,
  );
}
