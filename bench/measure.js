// The measurements. Each is bounded, by time where speed is what is measured.
import { importReference } from './contestants.js';
import { ask, hear, launch } from './processes.js';
import { compare, interleave } from './statistics.js';

const ROUNDS = {
  sends: { least: 3, most: 101, seconds: 20 },
  chains: { least: 3, most: 9, seconds: 15 },
  imports: { least: 9, most: 15, seconds: 12 },
};
const MOST_MESSAGES = 50_000;

const WARM_UP = { concurrency: 50, milliseconds: 1000 };
// What a pause let go cold is not measured.
const APPROACH = 10;

// Many short turns: longer ones drift apart when the machine has other work.
export const ALONE = { concurrency: 1, milliseconds: 50 };
export const TOGETHER = { concurrency: 50, milliseconds: 50 };

const CHAIN = { short: 1000, long: 10_000 };

const send = (client, how) => ask(client, { messages: MOST_MESSAGES, ...how });

/** Lets the compiler of V8 see all that is going to run. */
export async function warmUp(client) {
  await send(client, WARM_UP);
  await send(client, { ...ALONE, milliseconds: 300 });
}

/** Messages a second and CPU time a message of all clients, compared with the first. */
export async function measureSends(clients, how) {
  const results = await interleave(ROUNDS.sends, [...clients.keys()], name =>
    sendWarm(clients.get(name), how),
  );
  const [reference] = results.values();
  return mapValues(results, rounds => ({
    rate: compare(pick(rounds, 'rate'), pick(reference, 'rate')),
    cpu: compare(pick(rounds, 'cpu'), pick(reference, 'cpu')),
  }));
}

async function sendWarm(client, how) {
  await send(client, { ...how, milliseconds: APPROACH });
  return send(client, how);
}

/** CPU time a message in a long chain, compared with short ones. */
export async function measureChains(clients) {
  for (const client of clients.values()) await ask(client, { chain: 2000 });
  const names = [...clients.keys()];
  const results = await interleave(ROUNDS.chains, names, name =>
    measureChain(clients.get(name)),
  );
  return mapValues(results, rounds =>
    compare(pick(rounds, 'long'), pick(rounds, 'short')),
  );
}

/** As many messages in short chains as in the long one, half of them after it. */
async function measureChain(client) {
  const before = await measureShort(client);
  const long = await ask(client, { chain: CHAIN.long });
  const after = await measureShort(client);
  return { long: long.cpu, short: (before + after) / 2 };
}

async function measureShort(client) {
  const chains = CHAIN.long / CHAIN.short / 2;
  let cpu = 0;
  for (let chain = 0; chain < chains; chain++) {
    cpu += (await ask(client, { chain: CHAIN.short })).cpu;
  }
  return cpu / chains;
}

/** Milliseconds of a first import, each in a fresh process, compared with language-common's. */
export async function measureImports(modules) {
  const results = await interleave(ROUNDS.imports, [...modules.keys()], name =>
    hear(launch('client', './import-once.js', modules.get(name))),
  );
  const reference = results.get(importReference);
  return mapValues(results, rounds => compare(rounds, reference));
}

const pick = (rounds, key) => rounds.map(round => round[key]);

const mapValues = (map, change) =>
  new Map([...map].map(([key, value]) => [key, change(value)]));
