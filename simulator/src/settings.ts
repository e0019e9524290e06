import { parseArgs } from 'node:util';
import * as v from 'valibot';

const PORT_RANGE = 'is not a whole number from 0 to 65535.';

const port = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}$/, PORT_RANGE),
  v.transform(Number),
  v.maxValue(65_535, PORT_RANGE),
);

const host = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty('is empty. Give an address, such as 127.0.0.1.'),
);

const flag = v.boolean();

/** Every option: its schema, what it is when missing, and its help. Those with a variable can also come from the environment. */
const OPTIONS = {
  port: {
    schema: port,
    otherwise: 4100,
    variable: 'PORT',
    help: 'the port to listen on (4100; 0 takes a free one)',
  },
  host: {
    schema: host,
    otherwise: '127.0.0.1',
    variable: 'HOST',
    help: 'the address to listen on (127.0.0.1)',
  },
  'on-premises': {
    schema: flag,
    otherwise: false,
    help: 'speak as the On-Premises API did, and as Turn.io does',
  },
  strict: {
    schema: flag,
    otherwise: false,
    help: 'refuse templates that no account has',
  },
  help: { schema: flag, otherwise: false, help: 'this text' },
} satisfies Record<string, Option>;

type Option = {
  schema: v.GenericSchema;
  otherwise: unknown;
  variable?: string;
  help: string;
};

type Name = keyof typeof OPTIONS;

/** What the simulator is told, checked. */
export type Settings = {
  [Each in Name]: v.InferOutput<(typeof OPTIONS)[Each]['schema']>;
};

const names = Object.keys(OPTIONS) as Name[];
const optionOf = (name: Name): Option => OPTIONS[name];

export const HELP = [
  'whatsapp-simulator: a local WhatsApp Cloud API',
  '',
  ...names.map(name => {
    const { help, variable } = optionOf(name);
    const also = variable === undefined ? '' : `; or the variable ${variable}`;
    return `  --${name.padEnd(12)} ${help}${also}`;
  }),
  '',
].join('\n');

/** Reads the options of the command line, and the environment for those that are missing. */
export function readSettings(
  args: string[],
  environment: Record<string, string | undefined>,
): Settings {
  const { values } = parseArgs({
    args,
    options: Object.fromEntries(
      names.map(name => {
        const isFlag = optionOf(name).schema === flag;
        return [name, { type: isFlag ? 'boolean' : 'string' } as const];
      }),
    ),
  });
  return Object.fromEntries(
    names.map(name => {
      const { schema, otherwise, variable } = optionOf(name);
      if (values[name] !== undefined) {
        return [name, parse(schema, values[name], `--${name}`)];
      }
      const given = variable === undefined ? undefined : environment[variable];
      return [
        name,
        given ? parse(schema, given, `The variable ${variable}`) : otherwise,
      ];
    }),
  ) as Settings;
}

function parse(schema: v.GenericSchema, given: unknown, label: string) {
  const result = v.safeParse(schema, given, { abortEarly: true });
  if (result.success) return result.output;
  throw new Error(`${label} ${String(given)} ${result.issues[0].message}`);
}
