import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { Hono } from 'hono';
import { dump } from '../backup/dump';
import { authorize } from '../http/authorize';
import type { Keys } from '../http/authorize';
import { respondError } from '../http/error-response';
import type { Database } from '../database/database';

type Parts = { database: Database; keys: Keys };

/** A backup of a gateway that runs, for operators; one at a time. */
export function createBackupRoutes({ database, keys }: Parts): Hono {
  let isRunning = false;
  return new Hono()
    .use('/backup', authorize(keys, 'operate'))
    .get('/backup', context => {
      if (isRunning) {
        return respondError(context, 409, 'BACKUP_RUNNING', ...BACKUP_RUNNING);
      }
      isRunning = true;
      const source = Readable.from(dump(database), { objectMode: false });
      const content = createGzip();
      source.on('error', error => content.destroy(error));
      content.on('close', () => {
        isRunning = false;
        source.destroy();
      });
      const headers = { 'content-type': 'application/gzip' };
      const body = Readable.toWeb(source.pipe(content)) as ReadableStream;
      return context.body(body, 200, headers);
    });
}

const BACKUP_RUNNING = [
  'Another backup of this gateway is being made.',
  'Wait until it has ended.',
] as const;
