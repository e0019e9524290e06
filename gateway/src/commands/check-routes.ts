import { readFileSync } from 'node:fs';
import { parse } from '../../../src/webhook';
import { GatewayError, codeOf } from '../core/errors';
import { findTakers } from '../forward/compose';
import type { Destination, Match } from '../settings/destination';
import { readRoutesFile } from '../settings/routes-file';
import { readEvents } from '../store/event-columns';
import type { Command } from './command';

/** Checks a file of routes without starting anything. */
export const checkRoutesCommand: Command = {
  summary: 'checks a file of routes, by default that of ROUTES_FILE',
  word: ' [FILE]',
  options: {
    message: {
      argument: ' FILE',
      summary: 'says to which routes a webhook in a JSON file would go',
    },
  },
  run({ values, word, environment }) {
    const variables = environment();
    const path = word ?? variables['ROUTES_FILE'];
    if (!path) throw NO_FILE;
    const { routes, problems } = readRoutesFile(path, variables);
    if (problems.length > 0) throw faulty(path, problems);
    for (const [i, route] of routes.entries()) {
      console.log(`${i + 1}. ${describe(route)}`);
    }
    const { message } = values;
    if (message !== undefined)
      console.log(['', ...trace(message, routes)].join('\n'));
    return Promise.resolve();
  },
};

const NO_FILE = new GatewayError(
  'OPTION_MISSING',
  'There is no file of routes to check.',
  'Write its path behind check-routes, or set ROUTES_FILE.',
);

const faulty = (path: string, problems: readonly string[]) =>
  new GatewayError(
    'INVALID_ROUTES',
    `The file of routes ${path} cannot be used:\n- ${problems.join('\n- ')}`,
    'Correct the lines, and check the file again.',
  );

function describe({ name, match, isCopy, url }: Destination): string {
  const copy = isCopy ? ', and goes on' : '';
  return `${name}: ${describeMatch(match)} to ${new URL(url).host}${copy}`;
}

function describeMatch({ kinds, ...conditions }: Match): string {
  const parts = Object.entries(conditions).map(
    ([condition, values]) => `${condition} ${values.join(', ')}`,
  );
  return [kinds.join(', '), ...parts].join('; ');
}

/** One line for each event, without a word of what people wrote. */
function trace(file: string, routes: readonly Destination[]): string[] {
  return eventsIn(file).map(({ kind, item }, i) => {
    const { type, field } = item as { type?: string; field?: string };
    const what = [kind, type ?? field].filter(Boolean).join(' ');
    const names = findTakers({ kind, item }, routes).map(({ name }) => name);
    return `event ${i + 1} (${what}): ${names.join(', ') || 'no route; stored only'}`;
  });
}

function eventsIn(file: string) {
  try {
    return readEvents(parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new GatewayError(
      'INVALID_OPTION',
      `The file of --message cannot be read as a webhook: ${codeOf(error) ?? 'it is no JSON'}.`,
      'Give a file with the body of a webhook, as Meta sends it.',
      error,
    );
  }
}
