import { pathToFileURL } from 'node:url';
import { startSimulator } from '../../simulator/src/index';
import type { Simulator } from '../../simulator/src/index';
import {
  broadcast,
  parseWebhook,
  sendMedia,
  sendMessage,
  sendTemplate,
} from '../../src/index';
import type { Operation, State } from '../../src/index';
import { sourcesOf } from './chain';
import { filesOf } from './journey';
import type { Journey } from './journey';
import { textWebhook } from './webhook';

const SOURCES = 'src';
const PHONE = '100000000000001';
const WABA = '100000000000002';
const to = '+15550100123';

const template = {
  name: 'visit_reminder',
  language: 'en_US',
  category: 'UTILITY',
  components: [
    {
      type: 'BODY',
      text: 'Dear {{1}}, see you tomorrow.',
      example: { body_text: [['Amina']] },
    },
  ],
};
const patients = [1, 2, 3].map(number => ({
  id: `P-${number}`,
  phone: `+1555010012${number}`,
}));
const phone = (state: State) => (state.data as { phone: string }).phone;
const pdf = {
  content: Buffer.from('%PDF-1.4\n%%EOF\n'),
  filename: 'visit.pdf',
};

export const adaptorJourneys: Journey[] = [
  journey('text', 12, () => sendMessage(to, 'Hello')),
  journey('template', 20, () => sendTemplate(to, template.name, ['Amina'])),
  journey('checked template', undefined, () =>
    sendTemplate(to, template.name, ['Amina'], { check: true }),
  ),
  journey('media', 22, () => sendMedia(to, 'document', pdf)),
  journey('parse', 10, () => parseWebhook(textWebhook('wamid.1'))),
  journey('broadcast', 28, () =>
    broadcast(patients, sendMessage(phone, 'Hello')),
  ),
];

function journey(
  name: string,
  limit: number | undefined,
  makeOperation: () => Operation,
): Journey {
  return { name, limit, run: () => run(makeOperation) };
}

/** Runs an operation against a simulator; every module is loaded before. */
async function run(makeOperation: () => Operation): Promise<string[]> {
  for (const file of sourcesOf(SOURCES)) {
    await import(pathToFileURL(file).href);
  }
  const simulator = await startSimulator();
  simulator.addTemplate(WABA, template);
  const log = console.log;
  console.log = () => {};
  try {
    return await filesOf(SOURCES, async () =>
      makeOperation()(stateFor(simulator)),
    );
  } finally {
    console.log = log;
    await simulator.close();
  }
}

const stateFor = ({ url }: Simulator): State => ({
  configuration: {
    baseUrl: url,
    apiToken: 'a-token',
    phoneNumberId: PHONE,
    wabaId: WABA,
  },
  data: {},
});
