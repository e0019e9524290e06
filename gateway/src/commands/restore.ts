import type { Command } from './command';
import { checkBackup, readBackup } from '../backup/file';
import { restore } from '../backup/restore';
import { createLogger } from '../core/logger';
import { readStoreSettings } from '../settings/environment';
import { withAdvisoryLock } from '../database/advisory-lock';
import { migrate } from '../schema/migrations';
import { openDatabase } from '../database/open-database';
import { createProgressLog, needOption } from './command';

/** Writes a backup into an empty store, the one that the environment names. */
export const restoreCommand: Command = {
  summary: 'writes a backup into an empty store',
  options: { from: { argument: ' FILE', summary: 'the backup' } },
  async run({ values, environment }) {
    const file = needOption(values, 'from', 'the backup');
    const settings = readStoreSettings(environment());
    const log = createLogger(settings.logLevel);
    const progress = createProgressLog(log, 'the backup is being restored');
    // All of it is read before anything is written.
    await checkBackup(file);
    const database = await openDatabase(settings, log);
    try {
      await withAdvisoryLock(database, () => migrate(database));
      const counts = await restore(database, readBackup(file), rows =>
        progress({ rows }),
      );
      log.info({ counts }, 'the backup is restored');
    } finally {
      await database.close();
    }
  },
};
