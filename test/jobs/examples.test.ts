import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import ast from '../../ast.json' with { type: 'json' };
import { startSimulator } from '../../simulator/src/index';
import type { Simulator } from '../../simulator/src/index';
import { PLAIN_FORMS } from '../../scripts/docs/plain-forms';
import { startCollections } from './collections';
import type { Collections } from './collections';
import {
  exampleState,
  onPremisesState,
  read,
  run,
  signedState,
  snippets,
  webhookState,
} from './run';

/** What the examples in the documentation of the operations read besides. */
const FURTHER = {
  bookingUrl: 'https://clinic.example/book',
  campaignStart: new Date(Date.now() - 7 * 86_400_000).toISOString(),
  date: '3 May',
  flowId: '1234567890',
  gatewayWebhook: 'https://gateway.example/webhook',
  hours: 'from 8 to 12',
  invoiceUrl: 'https://clinic.example/invoice.pdf',
  map: 'https://clinic.example/map.png',
  mediaId: '1037543291543636',
  messageId: 'wamid.HBgLMTU1NTAxMDAxMjMVAgARGBI=',
  midwifePhone: '+15550100124',
  patients: [
    { id: 'P-1', phone: '+15550100131', name: 'Amina', date: '3 May' },
    { id: 'P-2', phone: '+15550100132', name: 'Juma', date: '4 May' },
  ],
  webhooks: [],
  otherNumberId: '100000000000009',
  picture: 'iVBORw0KGgoAAAANSUhEUg==',
  pin: '012345',
  template: 'vaccination_day',
  verifyToken: 'a word of ours',
};

/** What a job makes of a webhook is told in webhooks.test.ts; it need not send. */
const isWebhookJob = (source: string) => /(parse|verify)Webhook/.test(source);

/** A report of deliveries, and a receipt, are no messages. */
const isSilentJob = (source: string) =>
  isWebhookJob(source) && !source.includes('reply(');

/** Only the On-Premises API has sessions. */
const isOnPremisesJob = (source: string) => source.includes('createSession');

const files = readdirSync('examples').filter(file => file.endsWith('.js'));

describe('the examples', () => {
  let simulator: Simulator;
  let onPremises: Simulator;
  let collections: Collections;

  before(async () => {
    simulator = await startSimulator();
    collections = await startCollections();
    onPremises = await startSimulator({ apiVariant: 'on-premises' });
  });
  beforeEach(() => simulator.reset());
  beforeEach(() => onPremises.reset());
  after(() => simulator.close());
  after(() => onPremises.close());
  after(() => collections.close());

  const stateFor = (source: string, further: object) => {
    if (isWebhookJob(source)) {
      return signedState(simulator);
    }
    if (isOnPremisesJob(source)) return onPremisesState(onPremises);
    const { configuration, data } = exampleState(simulator);
    return {
      configuration: { ...configuration, ...collections.configuration },
      data: { ...(data as object), ...further },
    };
  };

  /** As the first line of an example says, and nothing besides. */
  const stateBeside = (source: string) =>
    isWebhookJob(source) ? webhookState(simulator) : exampleState(simulator);

  const succeeds = async (source: string, further = {}) => {
    const { final, failure } = await run(source, stateFor(source, further));
    expect(failure).to.equal(undefined);
    expect(final).not.to.have.property('configuration');
    return final;
  };

  for (const file of files) {
    const source = read(`examples/${file}`);

    it(`${file} runs with the state that lies beside it, and something arrives`, async () => {
      const { failure } = await run(source, stateBeside(source));

      expect(failure).to.equal(undefined);
      if (isSilentJob(source)) return;
      expect(simulator.transcript()).not.to.have.length(0);
    });

    it(`${file} is short, and says what it does and needs`, () => {
      expect(source.trimEnd().split('\n').length).to.be.at.most(20);
      expect(source).to.match(/^\/\/ [A-Z].* needs data \{.*\}\.\n/);
    });
  }

  for (const [index, snippet] of snippets('README.md').entries()) {
    it(`snippet ${index + 1} of the README runs`, async () => {
      const { configuration, ...state } = stateBeside(snippet);
      const { failure } = await run(snippet, {
        ...state,
        configuration: { ...configuration, ...collections.configuration },
      });

      expect(failure).to.equal(undefined);
      if (isSilentJob(snippet)) return;
      expect(simulator.requests).not.to.have.length(0);
    });
  }

  for (const [title, source] of Object.entries(PLAIN_FORMS)) {
    it(`the plain form in docs/messages.md sends the kind ${title}`, async () => {
      await succeeds(source, FURTHER);

      const entry = simulator.transcript().at(-1);
      const [type = '', ...inner] = title.split(' ');
      expect(entry?.type).to.equal(type);
      if (inner.length === 0) return;
      expect(entry?.message[type]).to.have.property('type', inner.join(' '));
    });
  }

  for (const { name, docs } of ast.operations) {
    const examples = docs.tags.filter(({ title }) => title === 'example');
    for (const { description, caption } of examples as {
      description: string;
      caption: string;
    }[]) {
      it(`${name}: ${caption}`, async () => {
        await succeeds(description, FURTHER);

        if (isWebhookJob(description)) return;
        const { requests } = isOnPremisesJob(description)
          ? onPremises
          : simulator;
        expect(requests).not.to.have.length(0);
      });
    }
  }
});
