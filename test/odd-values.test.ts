import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { expect } from 'chai';
import ts from 'typescript';
import * as adaptor from '../src/index';
import type { Operation, State } from '../src/index';
import type { WhatsAppError } from '../src/core/errors';
import { fakeMeta } from './contract/fake-meta';
import { collectLogs } from './quiet';

// Every operation, every parameter, and every field of an object that a
// parameter takes, each with values that no one expects there. An operation is
// covered by being in ast.json.

type Described = { name: string; params: string[] };
const { operations } = JSON.parse(readFileSync('ast.json', 'utf8')) as {
  operations: Described[];
};

const fails = () => {
  throw new TypeError('a trap');
};
const circle: Record<string, unknown> = {};
circle['self'] = [circle];
const nested = (levels: number) => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = { a: [value] };
  return value;
};
const deep = nested(20_000);
const realm = createContext();
const ownProto = JSON.parse('{ "__proto__": { "dryRun": true } }') as unknown;

/** Made anew for each use, as some can be used only once. */
const ODD: Record<string, () => unknown> = {
  null: () => null,
  'an empty text': () => '',
  'half of a character': () => 'a\ud83d',
  'a control character': () => 'a\0\n',
  'a path': () => '$..apiToken',
  'a name of every object': () => 'constructor',
  'the name __proto__': () => '__proto__',
  NaN: () => NaN,
  Infinity: () => -Infinity,
  '-0': () => -0,
  'a fraction': () => 1.5,
  'a large number': () => 1e308,
  'a BigInt': () => 712345678n,
  true: () => true,
  'a symbol': () => Symbol('a'),
  'an empty list': () => [],
  'a list with a hole': () => Array.from({ length: 2 }),
  'a list of null': () => [null],
  'a list of a symbol': () => [Symbol('a')],
  'a list of half a character': () => ['a', '\udc4d'],
  'an empty object': () => ({}),
  'no prototype': () => Object.assign(Object.create(null), { a: 1 }),
  'a field __proto__': () => ownProto,
  'a field of every object': () => ({ toString: 'a', constructor: 1 }),
  'a frozen object': () => Object.freeze({ a: Object.freeze(['b']) }),
  'a getter that fails': () =>
    Object.defineProperty({}, 'a', { get: fails, enumerable: true }),
  'a symbol as name': () => ({ [Symbol('a')]: 1 }),
  'a circle': () => circle,
  'great depth': () => deep,
  'some depth': () => nested(100),
  'a proxy': () => new Proxy({ a: 1 }, {}),
  'a proxy that fails': () =>
    new Proxy(
      {},
      { ownKeys: fails, get: fails, has: fails, getPrototypeOf: fails },
    ),
  'a revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  'a Date': () => new Date(0),
  'no Date': () => new Date(NaN),
  'a Map': () => new Map([['a', 1]]),
  'a Set': () => new Set([1]),
  'an Error': () => new Error('a'),
  'a RegExp': () => /a/,
  'a URL': () => new URL('https://a.example'),
  'boxed text': () => Object('a') as unknown,
  'an empty Buffer': () => Buffer.alloc(0),
  'a typed array': () => Uint8Array.of(1, 2),
  'another typed array': () => Float64Array.of(1, NaN),
  'an ArrayBuffer': () => new ArrayBuffer(2),
  'an object of another realm': () =>
    runInContext('({ a: [new Date()], b: new Map() })', realm) as unknown,
  'a Promise': () => Promise.reject(new Error('a')),
  'an async function': () => async () => Promise.reject(new Error('a')),
  'a function without end': () => {
    const endless = (): unknown => endless;
    return endless;
  },
};

/** These take long, so each parameter gets them as a whole. */
const LARGE: Record<string, unknown> = {
  'a text of 10 MB': 'a'.repeat(10_000_000),
  'digits of 1 MB': '7'.repeat(1_000_000),
  'spaces of 1 MB': ' '.repeat(1_000_000),
  'a large list': new Array(200_000).fill('a'),
  'a list of four billion holes': Object.assign([], { length: 2 ** 32 - 1 }),
  'an object of many fields': Object.fromEntries(
    Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i]),
  ),
};

const to = '+15550100123';
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

/** What a parameter takes, by its name; any other takes text. */
const USUAL: Record<string, unknown> = {
  to,
  contact: to,
  users: to,
  type: 'image',
  media: '1',
  id: '1',
  file: { content: JPEG },
  values: [],
  code: '123456',
  location: { latitude: 1, longitude: 1 },
  contacts: { firstName: 'Amina', phone: to },
  emoji: '👍',
  buttons: ['Yes'],
  rows: ['Yes'],
  button: { display_text: 'See', url: 'https://a.example' },
  flow: { flow_id: '1', flow_cta: 'Go' },
  kind: 'messages',
  definition: {
    name: 'a',
    language: 'sw',
    category: 'UTILITY',
    components: [{ type: 'BODY', text: 'Hi' }],
  },
  changes: { about: 'Open' },
  items: [{ to }],
  operation: adaptor.sendMessage(
    state => (state.data as { to: string }).to,
    'Hi',
  ),
  statuses: { statuses: [] },
  method: 'POST',
  path: 'messages',
  options: undefined,
  payload: undefined,
  result: undefined,
};

const usual = (operation: string, param: string): unknown => {
  // One message to a person in six seconds would take minutes.
  if (operation === 'broadcast' && param === 'options') return { dryRun: true };
  return Object.hasOwn(USUAL, param) ? USUAL[param] : 'hello';
};

const usualOf = ({ name, params }: Described) =>
  params.map(param => usual(name, param));

/** What is tried with large values in `npm test`: each kind of parameter once. */
const FIRST = [
  'to',
  'message',
  'values',
  'file',
  'payload',
  'statuses',
  'body',
  'definition',
  'query',
];

/** What an operation is not tried with. */
function isLeftOut(operation: string, param: string, what: string): boolean {
  // The stress tests alone give each parameter what takes long.
  if (what in LARGE && !process.env['SEED'] && !FIRST.includes(param)) {
    return true;
  }
  if (operation !== 'broadcast') return false;
  // Each is an item, with a row of its own.
  if (param === 'items') return what === 'a large list';
  // Nothing in a list is looked at where none is taken.
  return what === 'a Promise in a list';
}

/** The names of the fields that each parameter takes, from the types. */
const fields = fieldsOfParameters();

describe('an odd value', function () {
  this.timeout(240_000);
  let meta: Awaited<ReturnType<typeof fakeMeta>>;
  const { stackTraceLimit } = Error;
  before(async () => {
    meta = await fakeMeta();
    // Tens of thousands of errors are made, and what matters of a stack is its top.
    Error.stackTraceLimit = 3;
  });
  after(() => {
    Error.stackTraceLimit = stackTraceLimit;
    return meta.close();
  });

  for (const described of operations) {
    const { name, params } = described;
    it(`of ${name} is taken, or is an error that says what to do`, async () => {
      const flaws: string[] = [];
      const attempt = async (what: string, index: number, value: unknown) => {
        const args = usualOf(described);
        args[index] = value;
        const flaw = await flawOf(name, args, stateFor(meta.url));
        if (flaw) flaws.push(`${params[index]}: ${what}: ${flaw}`);
        meta.received.splice(0);
      };
      for (const [index, param] of params.entries()) {
        for (const [what, value] of Object.entries(LARGE)) {
          if (isLeftOut(name, param, what)) continue;
          await attempt(what, index, value);
        }
        for (const [what, make] of Object.entries(ODD)) {
          await attempt(what, index, make());
          if (!isLeftOut(name, param, `${what} in a list`)) {
            await attempt(`${what} in a list`, index, [make()]);
          }
          for (const field of fields.get(name)?.get(param) ?? []) {
            const around = usual(name, param);
            const value = Object.assign({}, around, { [field]: make() });
            await attempt(`${what} as ${field}`, index, value);
          }
        }
      }

      expect(flaws, flaws.slice(0, 5).join('\n')).to.deep.equal([]);
    });

    it(`of the state leaves ${name} an error that says what to do`, async () => {
      const flaws: string[] = [];
      for (const [what, make] of Object.entries(ODD)) {
        const states: Record<string, () => unknown> = {
          state: make,
          data: () => ({ ...stateFor(meta.url), data: make() }),
          references: () => ({ ...stateFor(meta.url), references: make() }),
          request: () => ({ ...stateFor(meta.url), request: make() }),
          configuration: () => ({ data: {}, configuration: make() }),
          apiToken: () => with_(stateFor(meta.url), { apiToken: make() }),
          phoneNumberId: () =>
            with_(stateFor(meta.url), { phoneNumberId: make() }),
          baseUrl: () => with_(stateFor(meta.url), { baseUrl: make() }),
          gatewayUrl: () => with_(stateFor(meta.url), { gatewayUrl: make() }),
        };
        // Without an address, a call would go to Meta.
        for (const [where, makeState] of Object.entries(states)) {
          const isMeta = where === 'configuration' || where === 'baseUrl';
          if (
            isMeta &&
            !['a symbol', 'a circle', 'a getter that fails'].includes(what)
          )
            continue;
          const flaw = await flawOf(name, usualOf(described), makeState());
          if (flaw) flaws.push(`${where}: ${what}: ${flaw}`);
        }
      }

      expect(flaws, flaws.slice(0, 5).join('\n')).to.deep.equal([]);
    });

    it(`of ${name} that fails by itself stays the job's own error`, async () => {
      if (params.length === 0) return;
      const own = new Error('the job');
      const args = params.map(() => () => {
        throw own;
      });
      const thrown = await run(name, args, stateFor(meta.url)).catch(
        (error: unknown) => error,
      );

      if (name !== 'broadcast' || thrown !== undefined) {
        expect(thrown).to.equal(own);
      }
    });
  }
});

const stateFor = (baseUrl: string): State =>
  Object.freeze({
    configuration: Object.freeze({
      baseUrl,
      apiToken: 'T',
      phoneNumberId: '1',
      wabaId: '2',
      appSecret: 'S',
    }),
    data: Object.freeze({ id: 'wamid.1', from: '15550100123' }),
    references: Object.freeze([]) as unknown as unknown[],
  });

const with_ = (state: State, change: object): State => ({
  ...state,
  configuration: { ...(state.configuration as object), ...change },
});

async function run(name: string, args: unknown[], state: unknown) {
  const make = adaptor[name as keyof typeof adaptor] as (
    ...args: unknown[]
  ) => Operation;
  return collectLogs(() => make(...args)(state as State));
}

/** What is wrong with how an operation ends. */
async function flawOf(name: string, args: unknown[], state: unknown) {
  try {
    await run(name, args, state);
    return undefined;
  } catch (error) {
    const { name, code, fix } = error as WhatsAppError;
    if (name === 'WhatsAppError' && /^[A-Z][A-Z_]+$/.test(code) && fix)
      return undefined;
    return String((error as Error | undefined)?.stack).slice(0, 400);
  }
}

function fieldsOfParameters(): Map<string, Map<string, readonly string[]>> {
  const file = 'src/Adaptor.ts';
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile('tsconfig.json', path => readFileSync(path, 'utf8'))
      .config,
    ts.sys,
    '.',
  );
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const found = new Map<string, Map<string, readonly string[]>>();
  for (const node of program.getSourceFile(file)!.statements) {
    if (!ts.isFunctionDeclaration(node) || !node.name) continue;
    const parameters = node.parameters.map(parameter => {
      const type = checker.getTypeAtLocation(parameter);
      const kinds = type.isUnion() ? type.types : [type];
      const names = kinds
        .filter(
          kind =>
            kind.flags & ts.TypeFlags.Object &&
            kind.getCallSignatures().length === 0 &&
            !checker.isArrayLikeType(kind) &&
            kind.symbol.name !== 'Buffer',
        )
        .flatMap(kind => kind.getProperties().map(({ name }) => name));
      return [parameter.name.getText(), [...new Set(names)]] as const;
    });
    found.set(node.name.text, new Map(parameters));
  }
  return found;
}
