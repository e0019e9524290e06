import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Arguments, Command } from './command';
import {
  ADDRESS,
  GATEWAY_OPTION,
  askGateway,
  gatewayAt,
} from './running-gateway';
import type { RunningGateway } from './running-gateway';
import { GatewayError } from '../core/errors';
import { destinationsOf } from '../settings/settings';
import type { ReplayOptions } from '../replay/replay-forwards';
import { createReplay, readReplay, stepReplay } from '../replay/replay-jobs';
import type { Replay } from '../replay/replay-jobs';
import { createLogger } from '../core/logger';
import { BadParameter } from '../http/error-response';
import { checkRoutes, readReplayOptions } from '../routes/replay-options';
import { readSome, readStoreSettings } from '../settings/environment';
import { needTables } from '../schema/migrations';
import { openDatabase } from '../database/open-database';

/** Where replays are noted, and what is told of them. */
type ReplayPlace = {
  create: (options: ReplayOptions) => Promise<Replay>;
  /** How far it is, after a moment. */
  look: (id: string) => Promise<Replay>;
};

export const replayCommand: Command = {
  summary: 'sends again what was stored in a time, and ends',
  options: {
    from: { argument: ' TIME', summary: 'the first time, in ISO form' },
    to: { argument: ' TIME', summary: 'the time at which to end, excluded' },
    kind: { argument: ' KIND', summary: 'only forwards with such an event' },
    route: {
      argument: ' NAME',
      summary: 'only to this route, and also what it never got',
    },
    only: {
      argument: ' WORD',
      summary: 'sent: what the route got before; new: what it never got',
    },
    'move-to': {
      argument: ' NAME',
      summary: 'gives what waits for the route to this one',
    },
    gateway: GATEWAY_OPTION,
    'dry-run': { argument: '', summary: 'only counts' },
    yes: { argument: '', summary: 'does not ask before it sends' },
  },
  async run(given) {
    const { gateway } = given.values;
    const options = explained(() => optionsOf(given));
    if (gateway !== undefined) {
      const settings = readSome(given.environment(), ADDRESS);
      const place = placeAt(gatewayAt(gateway, settings));
      return replayWith(place, options, given.flags);
    }
    const { logLevel, ...store } = readStoreSettings(given.environment());
    const database = await openDatabase(store, createLogger(logLevel));
    try {
      await needTables(database);
      const destinations = destinationsFor(options, given);
      explained(() => checkRoutes(options, destinations));
      const place: ReplayPlace = {
        create: options => createReplay(database, options),
        async look(id) {
          await stepReplay(database, destinations, id);
          return (await readReplay(database, id)) as Replay;
        },
      };
      await replayWith(place, options, given.flags);
    } finally {
      await database.close();
    }
  },
};

/** Replays that a running gateway does. */
function placeAt(gateway: RunningGateway): ReplayPlace {
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await askGateway(gateway, path, init, GOES_ON);
    return (await response.json()) as Replay;
  };
  return {
    create: options =>
      ask('/replays', { method: 'POST', body: JSON.stringify(options) }),
    look: id => ask(`/replays/${id}`),
  };
}

const GOES_ON = 'A replay that it has begun goes on; GET /replays lists it.';

function optionsOf({ values, flags }: Arguments): ReplayOptions {
  const { from, to, kind, route, only } = values;
  const given = { from, to, kind, route, only, moveTo: values['move-to'] };
  return readReplayOptions({ ...given, dryRun: flags.has('dry-run') });
}

const FORWARDING = [
  ...(['routes', 'openfnWebhookUrl', 'openfnApiKey', 'forward'] as const),
  ...(['forwardRaw', 'forwardEach', 'forwardOrder'] as const),
  ...(['forwardConcurrency', 'forwardAccept'] as const),
  ...(['forwardTimeout', 'forwardGiveUp'] as const),
];

/** Only what is composed anew, or moved, needs the routes. */
function destinationsFor({ route }: ReplayOptions, { environment }: Arguments) {
  if (route === undefined) return [];
  return destinationsOf(readSome(environment(), FORWARDING));
}

const OPTIONS: Record<string, string> = {
  moveTo: 'move-to',
  dryRun: 'dry-run',
};

function explained<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadParameter)) throw error;
    const name = OPTIONS[error.parameter] ?? error.parameter;
    const what = `The option --${name} is missing or cannot be used.`;
    throw new GatewayError('INVALID_OPTION', what, error.fix);
  }
}

async function replayWith(
  place: ReplayPlace,
  options: ReplayOptions,
  flags: ReadonlySet<string>,
): Promise<void> {
  const found = await finish(place, { ...options, dryRun: true });
  const count = countOf(found);
  console.log(`${count} to send again: ${describe(found)}.`);
  if (options.dryRun || count === 0) return;
  if (!flags.has('yes') && !(await isConfirmed())) return;
  const done = await finish(place, options);
  console.log(`${countOf(done)} wait to be sent again.`);
}

const countOf = ({ delivered, dead, waiting, composed }: Replay) =>
  delivered + dead + waiting + composed;

function describe(replay: Replay): string {
  const { delivered, dead, waiting, composed, skipped } = replay;
  const parts = [`${delivered} delivered`, `${dead} dead`];
  if (replay.moveTo !== undefined) parts.splice(0, 1, `${waiting} waiting`);
  if (composed > 0) parts.push(`${composed} never forwarded`);
  if (skipped > 0) parts.push(`${skipped} that cannot be forwarded`);
  return parts.join(', ');
}

const EVERY = 2_000;

/** Waits until it is done, and says now and then how far it is. */
async function finish(
  { create, look }: ReplayPlace,
  options: ReplayOptions,
): Promise<Replay> {
  let replay = await create(options);
  let saidAt = performance.now();
  while (replay.state === 'running') {
    const before = replay.examined;
    replay = await look(replay.id);
    if (replay.examined === before) await sleep(200);
    if (performance.now() - saidAt < EVERY) continue;
    saidAt = performance.now();
    console.log(`${replay.examined} of ${replay.total ?? '?'} looked at …`);
  }
  if (replay.state === 'done') return replay;
  throw new GatewayError(
    'REPLAY_FAILED',
    'The replay broke off.',
    'The log of the gateway says why. Nothing was queued twice; run the command again for the rest.',
  );
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
