import { resolve } from 'node:path';
import { createAppSwitch } from './http/guard';
import { checkRestored } from './backup/restore';
import { GatewayError } from './core/errors';
import { stopChanges } from './move/changes';
import { move } from './move/move';
import type { Counts, Progress } from './move/copier';
import { readMoved, withoutPassword } from './database/moved-folder';
import { openTarget, takeTarget } from './move/target';
import { startServices } from './services';
import type { Base, Services } from './services';
import type { Database } from './database/database';
import { fence } from './database/pglite';
import type { Fenced } from './database/pglite';
import { withAdvisoryLock } from './database/advisory-lock';
import { migrate } from './schema/migrations';
import { openDatabase } from './database/open-database';

/** The store that a gateway uses, with what works with it. It can be moved while the gateway runs. */
export class ActiveStore {
  #base: Base;
  #database: Database;
  #fenced: Fenced;
  #services: Services | undefined;
  readonly #app = createAppSwitch();
  /** Answers with what works now. */
  readonly fetch = this.#app.fetch;
  #moving: Promise<unknown> | undefined;

  private constructor(base: Base, database: Database) {
    this.#base = base;
    this.#database = database;
    this.#fenced = fence(database);
  }

  static async open(base: Base): Promise<ActiveStore> {
    const { settings, log, stopping } = base;
    const database = await openDatabase(settings, log, stopping);
    const store = new ActiveStore(base, database);
    try {
      await withAdvisoryLock(database, () => migrate(database));
      await checkRestored(database);
      if (database.isEmbedded) await stopChanges(database);
      await store.#start();
      return store;
    } catch (error) {
      await store.close().catch(() => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#moving?.catch(() => undefined);
    try {
      await this.#services?.stop();
    } finally {
      await this.#database.close();
    }
  }

  async #start(): Promise<void> {
    const { isEmbedded } = this.#database;
    this.#fenced = fence(this.#database);
    this.#services = await startServices(
      this.#base,
      this.#fenced.database,
      isEmbedded ? (...given) => this.#startMove(...given) : undefined,
    );
    this.#app.switchTo(this.#services.app);
  }

  #startMove(
    to: string,
    onProgress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<Counts> {
    if (this.#moving !== undefined) throw MOVE_RUNNING;
    const moving = this.#move(to, onProgress, signal).finally(() => {
      this.#moving = undefined;
    });
    this.#moving = moving;
    return moving;
  }

  async #move(
    to: string,
    onProgress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<Counts> {
    const { log, settings, stopping } = this.#base;
    const folder = resolve(settings.dataFolder);
    let isStopped = false;
    const target = await openTarget(to, log);
    try {
      const counts = await move({
        ...{ source: this.#database, folder, target, onProgress },
        ...{ id: await takeTarget(target, folder), to: withoutPassword(to) },
        stopForwarding: async () => {
          isStopped = true;
          await this.#services?.stopBackground();
        },
        closeSource: () => this.#fenced.close(),
        signal: AbortSignal.any([signal, stopping]),
        stopping,
      });
      await this.#switchTo(to);
      return counts;
    } catch (error) {
      const isLeft = readMoved(folder) !== undefined;
      if (isStopped && !isLeft && !stopping.aborted) await this.#restart();
      throw error;
    } finally {
      await target.close();
    }
  }

  /** The store stays the same. */
  async #restart(): Promise<void> {
    const before = this.#services;
    await this.#start();
    await before?.stop().catch(() => undefined);
  }

  async #switchTo(to: string): Promise<void> {
    const { settings, log, stopping } = this.#base;
    const [database, services] = [this.#database, this.#services];
    const moved = { ...settings, databaseUrl: to };
    this.#database = await openDatabase(moved, log, stopping);
    this.#base = { ...this.#base, settings: moved };
    await this.#start();
    const facts = { to: withoutPassword(to) };
    log.warn(
      facts,
      'the store was moved: set DATABASE_URL before the next start',
    );
    await services?.stop().catch(() => undefined);
    await database.close();
  }
}

const MOVE_RUNNING = new GatewayError(
  'MOVE_RUNNING',
  'The store is being moved already.',
  'Wait until that has ended.',
);
