import { judgeNumber, judgeReach } from '../src/account/preflight/number';
import { expect } from 'chai';
import {
  broadcast,
  createTemplate,
  getAnalytics,
  phone,
  registerPhoneNumber,
  reply,
  request,
  sendButtons,
  sendFlow,
  sendMedia,
  sendMessage,
  sendTemplate,
  updateBusinessProfile,
  uploadMedia,
  webhook,
} from '../src/index';
import type { Operation } from '../src/index';
import { errorScopeOf } from '../src/broadcast/error-scope';
import { copyOf } from '../src/broadcast/run';
import { readRetryPolicy } from '../src/graph/retry-policy';
import { rejects, throws } from './rejects';

const to = '+15550100123';
const dryRun = true;
const state = {
  configuration: { apiToken: 'T', phoneNumberId: '1', wabaId: '2' },
  data: { id: 'wamid.1', from: '15550100124' },
};
/** What every object has, and what a table must not find. */
const NAMES = Object.getOwnPropertyNames(Object.prototype);
const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');

const refusing: Record<string, (name: string) => Operation> = {
  'retry.on': on => sendMessage(to, 'a', { dryRun, retry: { on } } as never),
  'retry.on of a request': on =>
    request('POST', 'messages', {}, { retry: { on } } as never),
  'retry.backoff': backoff =>
    request('GET', 'messages', null, { retry: { backoff } } as never),
  'a field of retry': name =>
    request('GET', 'messages', null, { retry: own(name, 1) } as never),
  'a name of an option': name => sendMessage(to, 'a', own(name, 1) as never),
  parseAs: parseAs => request('GET', 'a', null, { parseAs } as never),
  'the kind of a message': type =>
    sendMessage(to, { type } as never, { dryRun }),
  'the kind of a reply': type => reply({ type } as never, { dryRun }),
  recipientType: recipientType =>
    sendMessage(to, 'a', { dryRun, recipientType } as never),
  defaultCountry: defaultCountry =>
    sendMessage('0712345678', 'a', { dryRun, defaultCountry }),
  'the kind of a media': type =>
    sendMedia(to, type as never, '1', { dryRun } as never),
  'the kind of a file': type =>
    sendMedia(to, type as never, { content: PDF }, { dryRun } as never),
  'a field of a file': name =>
    uploadMedia({ content: PDF, ...own(name, 1) } as never, {} as never),
  'the kind of a header': name =>
    sendTemplate(to, 'a', [], { dryRun, header: own(name, {}) } as never),
  'the kind of a button': name =>
    sendTemplate(to, 'a', [], { dryRun, buttons: [own(name, {})] } as never),
  'a field of a button': name =>
    sendButtons(to, 'a', [{ title: 'a', ...own(name, 1) }] as never, {
      dryRun,
    }),
  'the kind of analytics': kind => getAnalytics(kind as never),
  'the category of a template': category =>
    createTemplate({ name: 'a', language: 'sw', category, components: [] }),
  'the region of a number': dataLocalizationRegion =>
    registerPhoneNumber({ pin: '123456', dataLocalizationRegion }),
  'a field of a profile': name =>
    updateBusinessProfile(own(name, 'a') as never),
  'an option of a broadcast': name =>
    broadcast([], sendMessage(to, 'a'), own(name, 1) as never),
};

/** An object with a field of its own, also when it is named `__proto__`. */
const own = (name: string, value: unknown): { [name: string]: unknown } =>
  Object.fromEntries([[name, value]]);

describe('a name that every object has', () => {
  for (const [what, make] of Object.entries(refusing)) {
    it(`is not taken for ${what}`, async () => {
      for (const name of NAMES) {
        await rejects(make(name)(state), { sent: 'no' });
      }
    });
  }

  it('is not taken for a policy, a country, or whom an error hits', () => {
    for (const name of NAMES) {
      throws(() => readRetryPolicy(true, { on: name } as never));
      throws(() => readRetryPolicy(true, { on: [name] } as never));
      throws(() => phone.normalize('712345678', name));
      const error = { code: name, description: 'a', fix: 'b' };
      expect(errorScopeOf(error)).to.equal(undefined);
    }
    throws(() => readRetryPolicy(true, { on: ['all'] } as never));
  });

  it('finds no advice that is not there', () => {
    for (const name of NAMES) {
      const { fix } = judgeNumber({ id: '1', status: name } as never) as {
        fix?: unknown;
      };
      expect(fix).to.be.a('string');
      const limit = { id: '1', messaging_limit_tier: name } as never;
      expect(judgeReach(limit, 5).detail).to.include('does not tell');
    }
  });

  it('is kept as the name of a field that a person sends', async () => {
    for (const name of NAMES) {
      const data = own(name, 'x');
      const flow = {
        flow_id: '1',
        flow_cta: 'Go',
        flow_action_payload: { screen: 'A', data },
      };

      const sent = await sendFlow(to, 'a', () => flow, { dryRun })(state);
      const named = await sendTemplate(to, 'a', () => data as never, {
        dryRun,
      })(state);

      expect(JSON.stringify(sent.data)).to.include(`"data":{"${name}":"x"}`);
      expect(JSON.stringify(named.data)).to.include(
        `"parameter_name":"${name}"`,
      );
      expect(Object.keys(copyOf(data) as object)).to.deep.equal([name]);
    }
    expect(({} as { x?: unknown }).x).to.equal(undefined);
  });

  it('is kept as a field of a filled form, and as the type of a message nothing is found', () => {
    for (const name of NAMES) {
      const form = `{"${name}":"x"}`;
      const [filled] = messagesIn({
        type: 'interactive',
        interactive: { type: 'nfm_reply', nfm_reply: { response_json: form } },
      });
      const [strange] = messagesIn({ type: name });

      expect(JSON.stringify(filled?.flow)).to.equal(form);
      expect(strange?.type).to.equal(name);
      expect(Object.hasOwn(strange as object, name)).to.equal(false);
    }
  });
});

function messagesIn(message: object) {
  const value = {
    messages: [{ id: 'wamid.1', from: '15550100123', ...message }],
  };
  return webhook.parse({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
  }).messages;
}
