import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { codeOf } from '../core/errors';
import type { Fields } from './file-fields';
import { scalar } from './route-fields';
import { asUnknown, key, secureUrl, text } from './schemas';
import type { Environment, Schema } from './schemas';

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

export function createAddressFields(secrets: Secrets): Fields<Address> {
  const { file, variable } = createSecretSchemas(secrets);
  return {
    url: scalar(url),
    urlFile: scalar(file(url)),
    urlVariable: scalar(variable(url)),
    apiKeyFile: scalar(file(key)),
    apiKeyVariable: scalar(variable(key)),
    headers: createHeadersSchema(secrets),
  };
}

const filled = v.pipe(
  v.string(),
  v.check(
    content => content.trim() !== '',
    'names a file or a variable that is empty or missing.',
  ),
);

/** What the file or the variable holds that is named. */
function createSecretSchemas({ folder, environment }: Secrets) {
  const content = v.rawTransform<string, string>(
    ({ dataset, addIssue, NEVER }) => {
      try {
        return readFileSync(resolve(folder, dataset.value), 'utf8');
      } catch (error) {
        const message = `names a file that cannot be read: ${codeOf(error)}. Check the path, and that this user may read it.`;
        addIssue({ message });
        return NEVER;
      }
    },
  );
  const value = v.transform((name: string) => environment[name] ?? '');
  return {
    file: (schema: Schema<string>): Schema<string> =>
      v.pipe(text, content, filled, asUnknown<string>(), schema),
    variable: (schema: Schema<string>): Schema<string> =>
      v.pipe(text, value, filled, asUnknown<string>(), schema),
  };
}

const OURS = [
  ...['content-type', 'content-length', 'host', 'connection'],
  ...['transfer-encoding', 'x-gateway-forward'],
];

const headerName = v.pipe(
  v.string(),
  v.toLowerCase(),
  v.notValue('x-api-key', 'is a key: use apiKeyFile or apiKeyVariable.'),
  v.notValues(OURS, 'is set by the gateway.'),
  v.regex(/^[a-z0-9!#$%&'*+.^_`|~-]+$/, 'is not the name of a header.'),
);

const headerValue = v.pipe(
  text,
  v.regex(/^[\x20-\x7e]+$/, 'is empty, or holds a letter beyond ASCII.'),
);

/** Each with a text, or with `file` or `variable`. */
function createHeadersSchema(secrets: Secrets): Schema<Record<string, string>> {
  const { file, variable } = createSecretSchemas(secrets);
  const isMap = (given: unknown) => typeof given === 'object';
  const value = v.lazy(given => {
    if (typeof given === 'string') return headerValue;
    const names = Object.keys(given as object).join();
    if (names === 'file') {
      return v.pipe(
        v.object({ file: scalar(file(headerValue)) }),
        v.transform(one => one.file),
      );
    }
    if (names === 'variable') {
      return v.pipe(
        v.object({ variable: scalar(variable(headerValue)) }),
        v.transform(one => one.variable),
      );
    }
    return v.never('has to be a text, or a map with file or variable.');
  });
  return v.pipe(
    v.custom<object>(
      given => isMap(given) && !Array.isArray(given),
      'has to be a map of names and values.',
    ),
    v.record(headerName, value),
  );
}
