import type { Command } from './command';
import { createLogger } from '../logger';
import { readStoreSettings } from '../settings/environment';
import { exclusively } from '../store/exclusive';
import { migrate } from '../store/migrations';
import { openDatabase } from '../store/open';
import { grantTo } from '../store/rights';

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
      await exclusively(database, () => migrate(database));
      const role = values['grant-to'];
      if (role !== undefined) await grantTo(database, role);
      log.info('the tables are up to date');
    } finally {
      await database.close();
    }
  },
};
