// One way of sending to many, in a process of its own: node broadcast-client.js <origin>.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { broadcast, each, sendMessage } from '../dist/index.js';
import { operation as wayOf112 } from './contestants/way-of-1.1.2.js';
import { api, configurationOf } from './message.js';
import { WhatsAppAPI } from 'whatsapp-api-js';
import { Text } from 'whatsapp-api-js/messages';

console.log = () => {};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

const [origin] = process.argv.slice(2);
const here = { ...api, origin };
const phone = state => state.data.phone;
const text = state => `Dear ${state.data.name}, come tomorrow.`;
const remind = sendMessage(phone, text);

const itemsOf = count =>
  Array.from({ length: count }, (_, index) => ({
    id: index,
    phone: `+1202${1_000_000 + index}`,
    name: `Name ${index}`,
  }));
const stateOf = data => ({ configuration: configurationOf(here), data });

const ways = {
  broadcast: ({ count, ...options }) =>
    broadcast(itemsOf(count), remind, state => ({
      key: state.data.id,
      ...options,
    }))(stateOf({})),
  /** As many at a time, without keys, pace or rows. */
  alone: async ({ count, concurrency }) => {
    const items = itemsOf(count);
    let next = 0;
    const sendOn = async () => {
      while (next < count) await remind(stateOf(items[next++]));
    };
    await Promise.all(Array.from({ length: concurrency }, sendOn));
  },
  'each of 1.1.2': ({ count }) =>
    each(itemsOf(count), state => wayOf112(phone(state), text(state))(state))(
      stateOf({}),
    ),
  'whatsapp-api-js': ({ count }) => Promise.all(sendWithWhatsappApiJs(count)),
  memory: ({ count }) => measureMemory(count),
};

process.on('message', async ({ way, ...options }) => {
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  const result = await ways[way](options);
  const { user, system } = process.cpuUsage(cpuBefore);
  const milliseconds = performance.now() - began;
  const bytes = way === 'memory' ? result : undefined;
  process.send({ milliseconds, cpu: user + system, bytes });
});
process.on('disconnect', () => process.exit());
process.send('ready');

/** Its own defaults: batches of 50, one a second. */
function sendWithWhatsappApiJs(count) {
  const client = new WhatsAppAPI({
    token: api.token,
    v: api.version,
    secure: false,
    ponyfill: {
      fetch: (url, init) =>
        fetch(url.replace('https://graph.facebook.com', origin), init),
    },
  });
  return client.broadcastMessage(api.phoneNumberId, itemsOf(count), data => [
    { phone: data.phone },
    new Text(text({ data })),
  ]);
}

/** The most that a broadcast holds at any tenth of its way, beside the items: bytes an item. */
async function measureMemory(count) {
  const items = itemsOf(count);
  const heap = () => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const before = heap();
  let most = 0;
  const onProgress = ({ done }) => {
    if (done % (count / 10) === 0) most = Math.max(most, heap() - before);
  };
  const state = await broadcast(items, remind, {
    key: ({ data }) => data.id,
    rate: 1e6,
    onProgress,
  })(stateOf({}));
  most = Math.max(most, heap() - before);
  return most / state.data.summary.sent;
}
