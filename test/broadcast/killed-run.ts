// A run of its own, to be killed: it saves each row as soon as it knows it.
import { appendFileSync } from 'node:fs';
import { broadcast, sendMessage } from '../../src/index';
import type { BroadcastProgress, State } from '../../src/index';

const [baseUrl, count, file] = process.argv.slice(2) as [
  string,
  string,
  string,
];
const items = Array.from({ length: Number(count) }, (_, index) => ({
  id: String(index),
  phone: `+1555${1_000_000 + index}`,
}));
const dataOf = ({ data }: State) => data as (typeof items)[number];

const save = ({ row }: BroadcastProgress) =>
  appendFileSync(file, `${JSON.stringify(row)}\n`);

await broadcast(
  items,
  sendMessage(
    state => dataOf(state).phone,
    state => `Reminder ${dataOf(state).id}`,
  ),
  {
    key: (state: State) => dataOf(state).id,
    rate: 2000,
    concurrency: 20,
    onProgress: save,
  },
)({ configuration: { baseUrl, apiToken: 'T', phoneNumberId: '1' }, data: {} });
