import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { codeOf } from '../errors';
import type { FieldReaders, Report } from './file-fields';
import { attempt } from './file-fields';
import type { FileNode } from './file-tree';
import { Unusable, key, secureUrl, text } from './readers';
import type { Environment, Reader } from './readers';
import { scalar } from './route-fields';

/** Where a route sends to: the URL and the key each under one of their names. */
export type Address = {
  url: string;
  urlFile: string;
  urlVariable: string;
  apiKeyFile: string;
  apiKeyVariable: string;
  headers: Record<string, string>;
};

/** Where secrets are found: paths are relative to the folder of the file of routes. */
export type Secrets = { folder: string; environment: Environment };

const url = secureUrl('the webhook trigger in OpenFn');

export function addressReaders(
  secrets: Secrets,
  report: Report,
): FieldReaders<Address> {
  const { file, variable } = secretReaders(secrets);
  return {
    url: scalar(url),
    urlFile: scalar(file(url)),
    urlVariable: scalar(variable(url)),
    apiKeyFile: scalar(file(key)),
    apiKeyVariable: scalar(variable(key)),
    headers: node => readHeaders(node, secrets, report),
  };
}

function secretReaders({ folder, environment }: Secrets) {
  const file =
    (read: Reader<string>): Reader<string> =>
    given =>
      read(filled(readFile(resolve(folder, text(given)))));
  const variable =
    (read: Reader<string>): Reader<string> =>
    given =>
      read(filled(environment[text(given)] ?? ''));
  return { file, variable };
}

function filled(content: string): string {
  if (content.trim() !== '') return content;
  throw new Unusable('names a file or a variable that is empty or missing.');
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Unusable(
      `names a file that cannot be read: ${codeOf(error)}. Check the path, and that this user may read it.`,
    );
  }
}

/** Each with a text, or with `file` or `variable`. */
function readHeaders(
  node: FileNode,
  secrets: Secrets,
  report: Report,
): Record<string, string> {
  if (node.type !== 'map') {
    throw new Unusable('has to be a map of names and values.');
  }
  const headers: Record<string, string> = {};
  for (const [name, child] of node.entries) {
    attempt(child, report, () => {
      headers[readHeaderName(name)] = readHeader(child, secrets);
    });
  }
  return headers;
}

function readHeader(node: FileNode, secrets: Secrets): string {
  const { file, variable } = secretReaders(secrets);
  if (node.type === 'text') return headerValue(node.text);
  const [[name, child] = [], another] = node.type === 'map' ? node.entries : [];
  if (another === undefined && child !== undefined) {
    if (name === 'file') return scalar(file(headerValue))(child);
    if (name === 'variable') return scalar(variable(headerValue))(child);
  }
  throw new Unusable('has to be a text, or a map with file or variable.');
}

const headerValue: Reader<string> = given => {
  const value = text(given);
  if (/^[\x20-\x7e]+$/.test(value)) return value;
  throw new Unusable('is empty, or holds a letter beyond ASCII.');
};

const OURS = [
  ...['content-type', 'content-length', 'host', 'connection'],
  ...['transfer-encoding', 'x-gateway-forward'],
];

function readHeaderName(given: string): string {
  const name = given.toLowerCase();
  if (name === 'x-api-key') {
    throw new Unusable('is a key: use apiKeyFile or apiKeyVariable.');
  }
  if (OURS.includes(name)) throw new Unusable('is set by the gateway.');
  if (/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) return name;
  throw new Unusable('is not the name of a header.');
}
