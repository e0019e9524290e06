import { createInterface } from 'node:readline/promises';
import type { Arguments, Command } from './command';
import { GatewayError } from '../errors';
import { countReplay, replay } from '../forward/replay';
import type { Replayed, Span } from '../forward/replay';
import type { ErrorBody } from '../http/failure';
import { createLogger } from '../logger';
import { BadParameter } from '../routes/parameters';
import { readSpan } from '../routes/replays';
import { readSome, readStoreSettings } from '../settings/environment';
import { Unusable, secureUrl } from '../settings/readers';
import { needTables } from '../store/migrations';
import { openDatabase } from '../store/open';

/** Counts, or sends again. */
type Ask = (dryRun: boolean) => Promise<Replayed>;

export const replayCommand: Command = {
  summary: 'sends again what was stored in a time, and ends',
  options: {
    from: { argument: ' TIME', summary: 'the first time, in ISO form' },
    to: { argument: ' TIME', summary: 'the time at which to end, excluded' },
    kind: { argument: ' KIND', summary: 'only forwards with such an event' },
    gateway: {
      argument: ' URL',
      summary: 'asks a running gateway, with OPERATE_KEY or GATEWAY_KEY',
    },
    'dry-run': { argument: '', summary: 'only counts' },
    yes: { argument: '', summary: 'does not ask before it sends' },
  },
  async run(given) {
    const { from, to, kind, gateway } = given.values;
    const span = spanOf({ from, to, kind });
    if (gateway !== undefined) {
      return replayWith(askGateway(gateway, span, given), given.flags);
    }
    const settings = readStoreSettings(given.environment());
    const database = await openDatabase(
      settings,
      createLogger(settings.logLevel),
    );
    try {
      await needTables(database);
      const ask: Ask = dryRun =>
        dryRun ? countReplay(database, span) : replay(database, span);
      await replayWith(ask, given.flags);
    } finally {
      await database.close();
    }
  },
};

function spanOf(given: Record<string, unknown>): Span {
  try {
    return readSpan(given);
  } catch (error) {
    if (!(error instanceof BadParameter)) throw error;
    const what = `The option --${error.parameter} is missing or cannot be read.`;
    throw new GatewayError('INVALID_OPTION', what, error.fix);
  }
}

async function replayWith(ask: Ask, flags: ReadonlySet<string>): Promise<void> {
  const found = await ask(true);
  const count = found.delivered + found.dead;
  console.log(
    `${count} to send again: ${found.delivered} delivered, ${found.dead} dead.`,
  );
  if (flags.has('dry-run') || count === 0) return;
  if (!flags.has('yes') && !(await isConfirmed())) return;
  const { delivered, dead } = await ask(false);
  console.log(`${delivered + dead} wait to be sent again.`);
}

async function isConfirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new GatewayError(
      'NOT_CONFIRMED',
      'Nothing was sent again.',
      'Add --yes to send without being asked.',
    );
  }
  const { stdin: input, stdout: output } = process;
  const terminal = createInterface({ input, output });
  const answer = await terminal.question('Send them again? [y/N] ');
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

function askGateway(
  gateway: string,
  { from, to, kind }: Span,
  { environment }: Arguments,
): Ask {
  const keys = readSome(environment(), ['operateKey', 'gatewayKey']);
  const [key = ''] = [...keys.operateKey, ...keys.gatewayKey];
  const url = urlOf(gateway);
  return async dryRun => {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ from, to, kind, dryRun }),
    }).catch((error: unknown) => {
      throw notAnswered('it cannot be reached', error);
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok && answer !== undefined) return answer as Replayed;
    const { error } = (answer ?? {}) as Partial<ErrorBody>;
    if (error === undefined) throw notAnswered(`status ${response.status}`);
    throw new GatewayError(error.code, error.message, error.fix);
  };
}

/** The key travels with it, so it is https, unless it is this machine. */
function urlOf(gateway: string): string {
  try {
    const url = secureUrl('the gateway, such as http://localhost:8080')(
      gateway,
    );
    return `${url.replace(/\/+$/, '')}/replays`;
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    throw new GatewayError(
      'INVALID_OPTION',
      `The option --gateway ${error.message}`,
      'Write it as http://localhost:8080, or as the https address that others use.',
    );
  }
}

function notAnswered(why: string, cause?: unknown): GatewayError {
  return new GatewayError(
    'GATEWAY_UNAVAILABLE',
    `The gateway did not answer: ${why}.`,
    'Check --gateway, and that the gateway runs. Some forwards may be sent again already.',
    cause,
  );
}
