// One contestant in a process of its own: node client.js <contestant> <origin>.
import { api, configurationOf, messageOf } from './message.js';

// The adaptor logs a line for each send, which OpenFn's worker collects.
// Nobody's lines are printed here: a terminal would cost more than the send.
console.log = () => {};

const [name, origin] = process.argv.slice(2);
const here = { ...api, origin };
const contestant = await import(`./contestants/${name}.js`);
const send = contestant.connect?.(here) ?? senderOf(contestant);

process.on('message', async question => process.send(await answer(question)));
process.on('disconnect', () => process.exit());
process.send('ready');

function answer({ concurrency, milliseconds, messages, chain }) {
  return chain === undefined
    ? measured(() => sendFor(concurrency, milliseconds, messages))
    : measured(() => sendChained(chain));
}

/** An operation as a job uses it: made once, run with a state for each message. */
function senderOf({ operation, idOf }) {
  const configuration = configurationOf(here);
  const run = operation(
    state => state.data.to,
    state => state.data.text,
  );
  return async data => idOf(await run({ configuration, data }));
}

/** Keeps `concurrency` messages on their way until time or messages run out. */
async function sendFor(concurrency, milliseconds, messages) {
  const end = performance.now() + milliseconds;
  let sent = 0;
  const sendOn = async () => {
    while (performance.now() < end && sent < messages) {
      const id = await send(messageOf(++sent));
      if (typeof id !== 'string') throw new Error(`${name} gives no ID.`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, sendOn));
  return sent;
}

/** Hands one state from operation to operation, as a long job does. */
async function sendChained(length) {
  const { to, text } = messageOf(1);
  const run = contestant.operation(to, text);
  let state = { configuration: configurationOf(here), data: {} };
  for (let sent = 0; sent < length; sent++) state = await run(state);
  if (state.references.length !== length) throw new Error('A state is lost.');
  return length;
}

async function measured(work) {
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  const sent = await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { rate: sent / seconds, cpu: (user + system) / sent };
}
