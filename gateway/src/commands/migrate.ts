import type { Command } from './command';
import { createLogger } from '../core/logger';
import { readStoreSettings } from '../settings/environment';
import { withAdvisoryLock } from '../database/advisory-lock';
import { migrate } from '../schema/migrations';
import { openDatabase } from '../database/open-database';
import { grantTo } from '../schema/permissions';

/** Makes the tables for a gateway whose role may not. */
export const migrateCommand: Command = {
  summary: 'makes or updates the tables, and ends',
  options: {
    'grant-to': {
      argument: ' ROLE',
      summary: 'lets this PostgreSQL role read and write the tables',
    },
  },
  async run({ values, environment }) {
    const settings = readStoreSettings(environment());
    const log = createLogger(settings.logLevel);
    const database = await openDatabase(settings, log);
    try {
      await withAdvisoryLock(database, () => migrate(database));
      const role = values['grant-to'];
      if (role !== undefined) await grantTo(database, role);
      log.info('the tables are up to date');
    } finally {
      await database.close();
    }
  },
};
