import { expect } from 'chai';
import { dump } from '../../src/backup/dump';
import { createLogger } from '../../src/core/logger';
import { move } from '../../src/move/move';
import { readChanges } from '../../src/move/changes';
import { finishMove, openTarget, takeTarget } from '../../src/move/target';
import {
  markMoved,
  readMoved,
  withoutPassword,
} from '../../src/database/moved-folder';
import type { Moved } from '../../src/database/moved-folder';
import { quarantine } from '../../src/store/quarantine';
import { createWriter } from '../../src/store/webhook-store';
import type { Database } from '../../src/database/database';
import { openPostgres } from '../../src/database/postgres';
import { arrival } from '../support/arrivals';
import { newDataFolder, openEmbedded } from '../support/folders';
import { textWebhook } from '../support/payloads';
import { newPostgresUrl } from '../support/postgres';
import { rejects } from '../support/rejects';

const log = createLogger('silent');

const rowsOf = async (database: Database) => {
  let text = '';
  for await (const chunk of dump(database)) text += chunk;
  return text.split('\n').slice(1, -2);
};

const conversations = (database: Database) =>
  database.query(
    'SELECT * FROM whatsapp_gateway.conversations ORDER BY person',
  );

describe('move', () => {
  let folder: string;
  let source: Database;
  let isOpen = false;
  let target: Database;
  let url: string;

  beforeEach(async function () {
    url = await newPostgresUrl(this);
    folder = await newDataFolder();
    source = await openEmbedded(folder);
    isOpen = true;
    target = await openTarget(url, log);
  });

  afterEach(async () => {
    if (isOpen) await source.close();
    isOpen = false;
    await target?.close();
  });

  const write = async (...texts: string[]) => {
    const writer = createWriter(source, { keep: () => Promise.resolve() });
    await writer(texts.map(text => arrival(textWebhook(text))));
  };
  const run = async (more: Partial<Parameters<typeof move>[0]> = {}) =>
    move({
      ...{ source, folder, target, to: 'postgres://db/gateway' },
      id: await takeTarget(target, folder),
      stopForwarding: () => Promise.resolve(),
      closeSource: () => Promise.resolve(),
      onProgress: () => undefined,
      signal: new AbortController().signal,
      ...more,
    });
  const fill = async () => {
    await write(...Array.from({ length: 1200 }, (_, i) => `${i} é 😀 "\n`));
    await write('x'.repeat(1_500_000));
    await quarantine(source, 'NOT_JSON', Buffer.from([0, 255, 10, 34]));
    await source.query(
      `INSERT INTO whatsapp_gateway.statistics (at, gateway, counts)
       SELECT now() - i * interval '1 minute', gen_random_uuid(), '{"events":{}}'
       FROM generate_series(1, 1200) AS i`,
    );
  };
  /** What a gateway does meanwhile. */
  const change = async (i: number) => {
    await write(`later ${i}`, `even later ${i}`);
    await source.query(
      `UPDATE whatsapp_gateway.forwards SET state = 'delivered', attempts = 1
       WHERE id IN (SELECT id FROM whatsapp_gateway.forwards WHERE state = 'waiting' LIMIT 7)`,
    );
    await source.query(
      `DELETE FROM whatsapp_gateway.events
       WHERE id IN (SELECT id FROM whatsapp_gateway.events ORDER BY id LIMIT 3)`,
    );
    await source.query(
      `INSERT INTO whatsapp_gateway.alerts VALUES ('DEAD_LETTERS', $1, '{"a":1}', 1, false)
       ON CONFLICT (code, subject) DO UPDATE SET count = alerts.count + 1`,
      [`route ${i % 3}`],
    );
    await source.query(
      `INSERT INTO whatsapp_gateway.route_runs AS runs (route, minute, count)
       VALUES ($1, date_trunc('minute', now()), 1)
       ON CONFLICT (route, minute) DO UPDATE SET count = runs.count + 1`,
      [`route ${i % 3}`],
    );
    await source.query(
      `INSERT INTO whatsapp_gateway.statistics (gateway, counts)
       VALUES (gen_random_uuid(), '{"events":{"messages":2}}')`,
    );
    await source.query(
      `DELETE FROM whatsapp_gateway.statistics
       WHERE at = (SELECT min(at) FROM whatsapp_gateway.statistics)`,
    );
  };

  it('makes the database the same as the store that changes meanwhile', async () => {
    await fill();
    let changes: Promise<void> = Promise.resolve();
    let count = 0;
    const onProgress = () => {
      count += 1;
      const own = count;
      // Else it would never come to rest.
      if (count <= 15) changes = changes.then(() => change(own));
    };

    const counts = await run({
      onProgress,
      closeSource: async () => {
        await change(0);
        await changes;
      },
    });

    expect(count).to.be.greaterThan(5);
    expect(counts['events']).to.be.greaterThan(1000);
    expect(await rowsOf(target)).to.deep.equal(await rowsOf(source));
    expect(await conversations(target)).to.deep.equal(
      await conversations(source),
    );
    await rejects(openEmbedded(folder), 'FOLDER_IN_USE');
    await source.close();
    isOpen = false;
    const { message } = await rejects(openEmbedded(folder), 'FOLDER_MOVED');
    expect(message).to.include('postgres://db/gateway');
  });

  it('compares the same when the server writes times in its own way', async () => {
    await fill();
    await change(0);
    const name = new URL(url).pathname.slice(1);
    await target.query(`ALTER DATABASE ${name} SET DateStyle TO 'German'`);
    await target.query(
      `ALTER DATABASE ${name} SET TimeZone TO 'Africa/Nairobi'`,
    );
    await target.close();
    target = await openTarget(url, log);

    const counts = await run();

    expect(counts).to.include({ route_runs: 1, statistics: 1200 });
  });

  it('can be repeated, after it was ended at any time', async () => {
    await fill();
    for (const most of [1, 4, 9]) {
      const end = new AbortController();
      let said = 0;
      const onProgress = () => {
        if (++said === most) end.abort(new Error('ended'));
      };
      const error = await run({ onProgress, signal: end.signal }).then(
        () => expect.fail('it ended in time'),
        (thrown: unknown) => thrown as Error,
      );
      expect(error.message).to.equal('ended');
      // Nothing is noted any more, and the next move has to find these.
      await rejects(readChanges(source, 0), '42P01');
      await change(most);
    }

    await run();

    expect(await rowsOf(target)).to.deep.equal(await rowsOf(source));
  });

  it('switches nothing when something else writes to the database', async () => {
    await fill();
    const other = openPostgres(url, log);
    const closeSource = async () => {
      await other.query(`INSERT INTO whatsapp_gateway.alerts
        VALUES ('TEST', 'theirs', '{}', 1, false)`);
      await other.query(`UPDATE whatsapp_gateway.events SET name = 'theirs'
        WHERE id = (SELECT id FROM whatsapp_gateway.events LIMIT 1)`);
    };

    const { message } = await rejects(run({ closeSource }), 'MOVE_DIFFERS');

    expect(message).to.include('counts differ: alerts 0 and 1');
    await other.close();
    expect(readMoved(folder)).to.equal(undefined);
  });

  it('takes no database that a gateway uses, or that has events', async () => {
    await rejects(
      (async () => {
        const gateway = openPostgres(url, log);
        try {
          await gateway.query('SELECT 1');
          await run();
        } finally {
          await gateway.close();
        }
      })(),
      'DATABASE_IN_USE',
    );
    const writer = createWriter(target, { keep: () => Promise.resolve() });
    await writer([arrival(textWebhook('Hello'))]);

    await rejects(run(), 'STORE_NOT_EMPTY');
  });

  it('is finished by another run when it was killed behind the point of no return', async () => {
    await write('Hello');
    const stopping = new AbortController();
    const broken: Database = {
      ...target,
      transaction: async (work, timeout) => {
        const result = await target.transaction(work, timeout);
        // The counter is set last before the folder is marked.
        if (JSON.stringify(result) === undefined && isClosed) stop();
        return result;
      },
    };
    let isClosed = false;
    const stop = () => {
      stopping.abort();
      broken.transaction = () => Promise.reject(new Error('gone'));
    };
    const closeSource = () => {
      isClosed = true;
      return Promise.resolve();
    };

    await rejects(
      run({ target: broken, closeSource, stopping: stopping.signal }),
      'MOVE_UNFINISHED',
    );
    const marks = () => target.query('SELECT FROM whatsapp_gateway.restores');
    expect(await marks()).to.have.length(1);

    await rejects(finishMove(folder, url, log), 'FOLDER_MOVED');
    markMoved(folder, {
      ...(readMoved(folder) as Moved),
      to: withoutPassword(url),
    });
    expect(await finishMove(folder, url, log)).to.equal(true);
    expect(await marks()).to.have.length(0);
  });
});
