// Prints one table of what a message costs: see README.md.
import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { chained, contestants } from './contestants.js';
import {
  ALONE,
  TOGETHER,
  measureChains,
  measureImports,
  measureSends,
  warmUp,
} from './measure.js';
import { api, bodyOf, messageOf } from './message.js';
import { ask, hear, launch, stopAll } from './processes.js';
import { tableOf } from './table.js';

if (!existsSync(new URL('../dist/index.js', import.meta.url))) {
  console.error('There is no dist/index.js to measure: run `npm run build`.');
  process.exit(1);
}

try {
  console.log(tableOf(await measureAll()));
} finally {
  stopAll();
}

async function measureAll() {
  const server = launch('server', './server.js');
  const { port } = await hear(server);
  const clients = new Map();
  for (const { name } of contestants) {
    clients.set(name, await start(name, `http://127.0.0.1:${port}`, server));
  }
  return {
    together: await measureSends(clients, TOGETHER),
    alone: await measureSends(clients, ALONE),
    chains: await measureChains(only(chained, clients)),
    imports: await measureImports(modulesOf(contestants)),
  };
}

async function start(name, origin, server) {
  const client = launch('client', './client.js', name, origin);
  await hear(client);
  await checkRequest(name, client, server);
  await warmUp(client);
  return client;
}

/** A comparison is fair only when everybody sends the same. */
async function checkRequest(name, client, server) {
  await ask(server, 'watch for the next request');
  const seen = hear(server);
  await ask(client, { concurrency: 1, milliseconds: 1000, messages: 1 });
  const expected = {
    method: 'POST',
    url: `/${api.version}/${api.phoneNumberId}/messages`,
    authorization: `Bearer ${api.token}`,
    body: bodyOf(messageOf(1)),
  };
  if (!isDeepStrictEqual(await seen, expected)) {
    throw new Error(`${name} sends another request than the others.`);
  }
}

function only(names, clients) {
  return new Map(names.map(name => [name, clients.get(name)]));
}

function modulesOf(all) {
  const imported = all.filter(({ module }) => module !== undefined);
  return new Map(imported.map(({ name, module }) => [name, module]));
}
