import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Operation, State } from '../../src/index';
import { collectLogs } from '../quiet';
import { calls, silent } from './calls';
import { fakeMeta } from './fake-meta';
import type { Received } from './fake-meta';
import { callOf, metaSpec, specs } from './spec';
import type { Spec } from './spec';

/** Calls that Meta has and its OpenAPI has not; ours has them. */
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

  for (const [title, spec] of specs) {
    const isExcepted = (call: string) => spec === metaSpec && call in NOT_IN_IT;

    for (const name of Object.keys(calls())) {
      it(`has every call of ${name}, by ${title}`, () => {
        const made = received.get(name)!.map(callOf);

        expect(made).not.to.deep.equal([]);
        for (const call of made) {
          expect(isExcepted(call) || spec.isKnown(call), call).to.equal(true);
        }
      });

      it(`has every body of ${name}, by ${title}`, () => {
        for (const call of received.get(name)!) {
          if (call.body === '' || isExcepted(callOf(call))) continue;
          if (call.contentType === 'application/json') {
            expect(spec.flawOf(call), call.body).to.equal(undefined);
          } else if (call.contentType.startsWith('multipart/form-data')) {
            checkForm(call, spec);
          }
        }
      });
    }
  }

  it('lists no exception that is none', () => {
    const made = [...received.values()].flat().map(callOf);

    expect(made).to.include.members(Object.keys(NOT_IN_IT));
    const known = Object.keys(NOT_IN_IT).filter(
      metaSpec?.isKnown ?? (() => false),
    );
    expect(known).to.deep.equal([]);
  });
});

function checkForm(call: Received, spec: Spec): void {
  const fields = [...call.body.matchAll(/; name="(.+?)"/g)]
    .map(([, field = '']) => field)
    .filter(field => spec !== metaSpec || !(field in FIELDS_NOT_IN_IT));

  expect(fields).not.to.deep.equal([]);
  expect(spec.formFieldsOf(call)).to.include.members(fields);
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
