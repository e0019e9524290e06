import { Ajv2020 } from 'ajv/dist/2020.js';
import { readReferenceFile } from '../reference';
import type { Received } from './fake-meta';
import { openapi } from './openapi';

type Schema = { properties?: object; $ref?: string };
type Body = { content: Record<string, { schema: Schema }> };
type Document = {
  paths: Record<string, Record<string, { requestBody?: Body }>>;
  components: { schemas: Record<string, Schema> };
};

/** What a call may be, by an OpenAPI document. */
export type Spec = {
  isKnown: (call: string) => boolean;
  /** What is wrong with a body, by the best of its descriptions; undefined when nothing. */
  flawOf: (received: Received) => string | undefined;
  /** The names of the fields of a form. */
  formFieldsOf: (received: Received) => string[];
  /** What is wrong with a message of a kind; null when it does not know the kind. */
  messageFlawOf: (type: string, body: unknown) => string | undefined | null;
};

/** A path with its version, IDs and placeholders made equal. */
const shapeOf = (path: string) =>
  path
    .split('/')
    .map(part => (/^(\{.+\}|v\d+\.\d+|\d+)$/.test(part) ? '*' : part))
    .join('/');

/** A call as the specification names it, such as `POST /∗/∗/messages`. */
export const callOf = ({ method, path }: Received): string =>
  `${method} ${shapeOf(path)}`;

/** Of the path it describes messages only, and few kinds of them. */
function messageSchema(type: unknown): string {
  const [first = '', ...rest] = String(type);
  const name =
    type === undefined
      ? 'MarkMessageRequestPayload'
      : `${first.toUpperCase()}${rest.join('')}Message`;
  return `components/schemas/${name}`;
}

function readSpec(document: Document): Spec {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, 'spec');

  // Every call that it has, with the places where its bodies are described.
  const known = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of Object.keys(methods)) {
      const call = `${method.toUpperCase()} ${shapeOf(path)}`;
      const pointer = `paths/${path.replaceAll('/', '~1')}/${method}`;
      known.set(call, [...(known.get(call) ?? []), pointer]);
    }
  }
  const bodySchemas = (received: Received) =>
    (known.get(callOf(received)) ?? []).map(
      pointer => `${pointer}/requestBody/content/application~1json/schema`,
    );
  const validatorOf = (pointer: string) =>
    ajv.getSchema(`spec#/${encodeURI(pointer)}`);
  const flawBy = (pointer: string, body: unknown) => {
    const validate = validatorOf(pointer);
    if (!validate) return `${pointer} is not there`;
    return validate(body) ? undefined : ajv.errorsText(validate.errors);
  };

  return {
    isKnown: call => known.has(call),
    flawOf(received) {
      const body = JSON.parse(received.body) as Record<string, unknown>;
      const schemas = received.path.endsWith('/messages')
        ? [messageSchema(body['type'])]
        : bodySchemas(received);
      const flaws = schemas.map(schema => flawBy(schema, body));
      return flaws.includes(undefined) ? undefined : flaws.join('; ');
    },
    formFieldsOf(received) {
      const [pointer] = known.get(callOf(received)) ?? [];
      const [, path = '', method = ''] = pointer?.split('/') ?? [];
      const content =
        document.paths[path.replaceAll('~1', '/')]?.[method]?.requestBody
          ?.content;
      const schema = content?.['multipart/form-data']?.schema;
      return Object.keys(schema?.properties ?? {});
    },
    messageFlawOf(type, body) {
      const pointer = messageSchema(type);
      return validatorOf(pointer) ? flawBy(pointer, body) : null;
    },
  };
}

const reference = readReferenceFile('openapi-v23.json') as Document | undefined;

/** Our own description of Meta's API. */
export const ourSpec = readSpec(openapi as Document);

/** Meta's, where the reference material is. */
export const metaSpec = reference && readSpec(reference);

/** Both, with a name. */
export const specs: [string, Spec][] = [
  ['our description', ourSpec],
  ...(metaSpec ? ([['Meta’s OpenAPI', metaSpec]] as [string, Spec][]) : []),
];
