import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Operation, State } from '../../src/index';
import { collectLogs } from '../quiet';
import { needReference } from '../reference';
import { calls, silent } from './calls';
import { fakeMeta } from './fake-meta';
import type { Received } from './fake-meta';
import { callOf, flawOf, formFieldsOf, isKnown, spec } from './spec';

/** Calls that Meta has and its OpenAPI has not. */
const NOT_IN_IT: Record<string, string> = {
  'POST /*/*/uploads': 'the resumable upload is an API of its own',
  'POST /*/upload:1': 'the resumable upload is an API of its own',
  'GET /*/debug_token': 'belongs to Facebook Login',
  'GET /*/*/template_analytics': 'is documented with the templates only',
  'GET /a-media': 'is the address that Meta gave for the bytes of a media',
};

/** Fields of forms that it does not name. */
const FIELDS_NOT_IN_IT: Record<string, string> = {
  type: "the page on media asks for the file's type in a field of its own",
};

const operations = [
  ...readFileSync('src/Adaptor.ts', 'utf8').matchAll(
    /^export function (\w+)/gm,
  ),
].map(([, name]) => name);

describe('the contract with Meta', () => {
  needReference(spec ? [spec] : []);

  const received = new Map<string, Received[]>();
  let meta: Awaited<ReturnType<typeof fakeMeta>>;

  before(async () => {
    meta = await fakeMeta();
    for (const [name, ways] of Object.entries(calls())) {
      for (const operation of ways) await run(operation, meta.url);
      received.set(name, meta.received.splice(0));
    }
  });
  after(() => meta?.close());

  it('has every operation, or says why it speaks to nobody', () => {
    const told = [...received.keys(), ...Object.keys(silent)];

    expect(told).to.have.members(operations);
  });

  for (const name of Object.keys(calls())) {
    it(`has every call of ${name}`, () => {
      const made = received.get(name)!.map(callOf);

      expect(made).not.to.deep.equal([]);
      for (const call of made) {
        if (call in NOT_IN_IT) continue;
        expect(isKnown(call), call).to.equal(true);
      }
    });

    it(`has every body of ${name}`, () => {
      for (const call of received.get(name)!) {
        if (call.body === '' || callOf(call) in NOT_IN_IT) continue;
        if (call.contentType === 'application/json') {
          expect(flawOf(call), call.body).to.equal(undefined);
        } else checkForm(call);
      }
    });
  }

  it('lists no exception that is none', () => {
    const made = [...received.values()].flat().map(callOf);

    expect(made).to.include.members(Object.keys(NOT_IN_IT));
    expect(Object.keys(NOT_IN_IT).filter(isKnown)).to.deep.equal([]);
  });
});

function checkForm(call: Received): void {
  const fields = [...call.body.matchAll(/; name="(.+?)"/g)]
    .map(([, field = '']) => field)
    .filter(field => !(field in FIELDS_NOT_IN_IT));

  expect(fields).not.to.deep.equal([]);
  expect(formFieldsOf(call)).to.include.members(fields);
}

/** Runs an operation on the state of a run that a message has started. */
async function run(operation: Operation, baseUrl: string): Promise<void> {
  const state: State = {
    configuration: { baseUrl, apiToken: 'T', phoneNumberId: '1', wabaId: '2' },
    data: {
      id: 'wamid.1',
      from: '15550100123',
      phoneNumberId: '1',
      type: 'text',
      timestamp: new Date().toISOString(),
    },
  };
  await collectLogs(() => operation(state));
}
