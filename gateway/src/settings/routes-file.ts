import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { codeOf } from '../core/errors';
import type { Destination, Match } from './destination';
import { readFields } from './file-fields';
import type { Report } from './file-fields';
import { readTree } from './file-tree';
import type { FileNode } from './file-tree';
import { flag, text } from './schemas';
import type { Environment, Schema } from './schemas';
import { createAddressFields } from './route-address';
import type { Address, Secrets } from './route-address';
import { MATCH, SEND_OPTIONS, scalar } from './route-fields';
import type { SendOptions } from './route-fields';

/** The routes of a file, and everything that is wrong with it. */
export type RoutesFile = { routes: Destination[]; problems: string[] };

/** Reads the file of routes, and the keys from the files and variables that it names. */
export function readRoutesFile(
  path: string,
  environment: Environment,
): RoutesFile {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    const problem = `It cannot be read: ${codeOf(error)}. Check the path, and that this user may read it.`;
    return { routes: [], problems: [problem] };
  }
  return readRoutes(content, { folder: dirname(path), environment });
}

/** As a setting: everything that is wrong is one error. */
export function createRoutesSchema(
  environment: Environment,
): Schema<Destination[]> {
  return v.pipe(
    text,
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const { routes, problems } = readRoutesFile(dataset.value, environment);
      if (problems.length === 0) return routes;
      const message = `names a file of routes that cannot be used:\n  - ${problems.join('\n  - ')}`;
      addIssue({ message });
      return NEVER;
    }),
  );
}

const DEFAULTS: SendOptions = {
  ...{ order: 'none', concurrency: 1, hourlyBudget: null, timeout: 35 },
  ...{ accept: 'auto', giveUp: 3 * 24 * 60 * 60, each: false, raw: false },
};

type Top = { defaults: Partial<SendOptions>; routes: FileNode[] };

export function readRoutes(content: string, secrets: Secrets): RoutesFile {
  const { root, problems } = readTree(content);
  if (root === undefined) return { routes: [], problems };
  const found: { line: number; text: string }[] = [];
  const report: Report = ({ line, path }, message) => {
    found.push({ line, text: `${path || 'The file'} ${message}` });
  };
  const fields = {
    defaults: (node: FileNode) => readFields(node, SEND_OPTIONS, report) ?? {},
    routes: (node: FileNode) => readList(node, report),
  };
  const top = readFields<Top>(root, fields, report);
  if (top !== undefined && root.type === 'map' && !root.entries.has('routes')) {
    report(root, 'has no list named routes.');
  }
  const parts = { defaults: top?.defaults ?? {}, secrets, report };
  const nodes = top?.routes ?? [];
  const routes = nodes.map(node => readRoute(node, parts));
  routes.forEach((route, i) => {
    const why = faultOf(route, routes.slice(0, i));
    if (why !== undefined && nodes[i]) report(nodes[i], why);
  });
  found.sort((a, b) => a.line - b.line);
  const lines = found.map(({ line, text }) => `line ${line}: ${text}`);
  return { routes, problems: lines };
}

function readList(node: FileNode, report: Report): FileNode[] {
  if (node.type === 'list' && node.items.length > 0) return node.items;
  report(node, 'has to be a list of one route or more.');
  return [];
}

type Parts = {
  defaults: Partial<SendOptions>;
  secrets: Secrets;
  report: Report;
};

type Own = { name: string; continue: boolean; match: Partial<Match> };

function readRoute(
  node: FileNode,
  { defaults, secrets, report }: Parts,
): Destination {
  const given = readFields<Own & Address & SendOptions>(
    node,
    {
      name: scalar(routeName),
      continue: scalar(flag),
      match: match => readFields(match, MATCH, report) ?? {},
      ...createAddressFields(secrets),
      ...SEND_OPTIONS,
    },
    report,
  );
  const { order, raw, each, ...options } = {
    ...DEFAULTS,
    ...defaults,
    ...given,
  };
  if (given !== undefined) checkNames(node, report);
  if (raw && (each || order === 'person')) report(node, RAW_ALONE);
  return {
    name: given?.name ?? '',
    match: { kinds: ['messages'], ...given?.match },
    isCopy: given?.continue ?? false,
    url: given?.url ?? given?.urlFile ?? given?.urlVariable ?? '',
    apiKey: given?.apiKeyFile ?? given?.apiKeyVariable,
    headers: given?.headers ?? {},
    concurrency: options.concurrency,
    hourlyBudget: options.hourlyBudget,
    timeout: options.timeout * 1000,
    accept: options.accept,
    giveUpAfter: options.giveUp * 1000,
    ...{ isEach: each, isRaw: raw, order },
  };
}

const RAW_ALONE =
  'has raw together with each or order: person. Meta signed the whole webhook; leave raw out.';

/** What a route needs, under one of several names. */
function checkNames(node: FileNode, report: Report): void {
  const has = (name: string) => node.type === 'map' && node.entries.has(name);
  const urls = ['url', 'urlFile', 'urlVariable'].filter(has);
  const keys = ['apiKeyFile', 'apiKeyVariable'].filter(has);
  if (!has('name')) report(node, 'has no name.');
  if (urls.length === 0) report(node, 'has no url, urlFile or urlVariable.');
  if (urls.length > 1 || keys.length > 1) {
    const both = (urls.length > 1 ? urls : keys).join(' and ');
    report(node, `has ${both}. Write only one of them.`);
  }
}

const routeName = v.pipe(
  text,
  v.regex(
    /^[a-z0-9][a-z0-9_-]{0,59}$/i,
    'may have letters, digits, - and _ only, at most 60.',
  ),
);

/** What is wrong with a route after those before it. */
function faultOf(
  route: Destination,
  before: readonly Destination[],
): string | undefined {
  if (route.name !== '' && before.some(({ name }) => name === route.name)) {
    return `has the name ${route.name}, as one before it.`;
  }
  const greedy = before.find(
    ({ match, isCopy }) => !isCopy && takesAll(match, route.match),
  );
  if (greedy === undefined) return undefined;
  return `gets nothing: ${greedy.name || 'a route'} before it takes everything. Put it further up, or write continue: true there.`;
}

/** Whether nothing is left of what another one wants. */
function takesAll({ kinds, ...conditions }: Match, other: Match): boolean {
  const isFree = Object.keys(conditions).length === 0;
  return isFree && other.kinds.every(kind => kinds.includes(kind));
}
