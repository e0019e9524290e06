import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { alertTestCommand } from './commands/alert-test';
import { backupCommand } from './commands/backup';
import { checkRoutesCommand } from './commands/check-routes';
import type { Arguments, Command, Options } from './commands/command';
import { migrateCommand } from './commands/migrate';
import { moveCommand } from './commands/move';
import { replayCommand } from './commands/replay';
import { restoreCommand } from './commands/restore';
import { startCommand } from './commands/start';
import { GatewayError, codeOf } from './core/errors';
import { shortStack } from './core/logger';
import { readVariables } from './settings/environment';

const COMMANDS: Record<string, Command> = {
  start: startCommand,
  migrate: migrateCommand,
  backup: backupCommand,
  restore: restoreCommand,
  move: moveCommand,
  'alert-test': alertTestCommand,
  'check-routes': checkRoutesCommand,
  replay: replayCommand,
};

const MANUAL = 'https://www.npmjs.com/package/@openfn/whatsapp-gateway';

/** Without the message of a foreign error: those of the database quote values. */
function trace(error: unknown): string {
  const kind = error instanceof Error ? error.name : typeof error;
  const code = codeOf(error) ?? 'no code';
  return [`${kind} (${code})`, ...shortStack(error)].join('\n  ');
}

async function main(words: string[]): Promise<void> {
  const name = words[0]?.startsWith('-') === false ? words[0] : undefined;
  const command = COMMANDS[name ?? 'start'];
  if (command === undefined) throw unknownCommand(name ?? '');
  const args = words.slice(name === undefined ? 0 : 1);
  const { values, word } = readOptions(args, command);
  if (values['help'] === true) return console.log(help(command, name));
  if (values['version'] === true) return console.log(version());
  const files = values['env-file'] as string[] | undefined;
  const environment = () => readVariables(process.env, files ?? []);
  const own = Object.keys(command.options).map(key => [key, values[key]]);
  const texts = own.filter(([, value]) => typeof value === 'string');
  await command.run({
    values: Object.fromEntries(texts) as Arguments['values'],
    flags: new Set(Object.keys(values).filter(key => values[key] === true)),
    word,
    environment,
  });
}

function readOptions(args: string[], { options, word }: Command) {
  const own = Object.entries(options).map(([key, { argument }]) => [
    key,
    { type: argument === '' ? 'boolean' : 'string' },
  ]);
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: word !== undefined,
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
        'env-file': { type: 'string', multiple: true },
        ...(Object.fromEntries(own) as Record<string, { type: 'string' }>),
      },
    });
    return {
      values: values as Record<string, unknown>,
      word: positionals[0],
    };
  } catch (error) {
    const [sentence] = (error as Error).message.split('. ');
    throw new GatewayError('INVALID_OPTION', `${sentence}.`, SEE_HELP);
  }
}

const SEE_HELP = 'openfn-whatsapp-gateway --help lists commands and options.';

function unknownCommand(name: string): GatewayError {
  const names = Object.keys(COMMANDS).join(', ');
  return new GatewayError(
    'UNKNOWN_COMMAND',
    `There is no command ${name}; there are ${names}.`,
    SEE_HELP,
  );
}

function version(): string {
  const load = createRequire(import.meta.url);
  return (load('../package.json') as { version: string }).version;
}

const COMMON: Options = {
  'env-file': {
    argument: ' FILE',
    summary: 'reads variables from a file; may be given again',
  },
  help: { argument: '', summary: 'shows this' },
  version: { argument: '', summary: 'shows the version' },
};

function help(command: Command, name: string | undefined): string {
  const commands = Object.entries(COMMANDS).map(
    ([key, { summary }]) => `  ${key.padEnd(20)}${summary}`,
  );
  const options = Object.entries({ ...command.options, ...COMMON }).map(
    ([key, { argument, summary }]) =>
      `  ${`--${key}${argument}`.padEnd(20)}${summary}`,
  );
  return [
    `Usage: openfn-whatsapp-gateway ${name ?? '[command]'}${command.word ?? ''} [options]`,
    ...(name === undefined
      ? ['', 'Commands:', ...commands]
      : ['', command.summary]),
    ...['', 'Options:', ...options],
    ...['', `Environment variables hold the settings: ${MANUAL}`],
  ].join('\n');
}

// Files that the gateway makes are for its user alone.
process.umask(0o077);

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof GatewayError ? error.message : trace(error));
  process.exit(1);
});
