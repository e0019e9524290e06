import { Ajv2020 } from 'ajv/dist/2020.js';
import { readReferenceFile } from '../reference';
import type { Received } from './fake-meta';

type Schema = { properties?: object; $ref?: string };
type Spec = {
  paths: Record<string, Record<string, { requestBody?: Body }>>;
  components: { schemas: Record<string, Schema> };
};
type Body = { content: Record<string, { schema: Schema }> };

/** Meta's OpenAPI, or undefined when nobody says where it is. */
export const spec = readReferenceFile('openapi-v23.json') as Spec | undefined;

const ajv = new Ajv2020({ strict: false, validateFormats: false });
if (spec) ajv.addSchema(spec, 'spec');

/** A path with its version, IDs and placeholders made equal. */
const shapeOf = (path: string) =>
  path
    .split('/')
    .map(part => (/^(\{.+\}|v\d+\.\d+|\d+)$/.test(part) ? '*' : part))
    .join('/');

/** A call as the specification names it, such as `POST /∗/∗/messages`. */
export const callOf = ({ method, path }: Received): string =>
  `${method} ${shapeOf(path)}`;

/** Every call that the specification has, with the places where its bodies are described. */
const known = new Map<string, string[]>();
for (const [path, methods] of Object.entries(spec?.paths ?? {})) {
  for (const method of Object.keys(methods)) {
    const call = `${method.toUpperCase()} ${shapeOf(path)}`;
    const pointer = `paths/${path.replaceAll('/', '~1')}/${method}`;
    known.set(call, [...(known.get(call) ?? []), pointer]);
  }
}

export const isKnown = (call: string): boolean => known.has(call);

/** What is wrong with a body, by the best of the descriptions that there are; undefined when nothing. */
export function flawOf(received: Received): string | undefined {
  const body = JSON.parse(received.body) as Record<string, unknown>;
  const schemas = received.path.endsWith('/messages')
    ? [messageSchema(body)]
    : bodySchemas(received);
  const flaws = schemas.map(schema => flawBy(schema, body));
  return flaws.includes(undefined) ? undefined : flaws.join('; ');
}

/** Of the path it describes messages only, and few kinds of them. */
function messageSchema({ type }: Record<string, unknown>): string {
  const [first = '', ...rest] = String(type);
  const name =
    type === undefined
      ? 'MarkMessageRequestPayload'
      : `${first.toUpperCase()}${rest.join('')}Message`;
  return `components/schemas/${name}`;
}

const bodySchemas = (received: Received) =>
  (known.get(callOf(received)) ?? []).map(
    pointer => `${pointer}/requestBody/content/application~1json/schema`,
  );

function flawBy(pointer: string, body: unknown): string | undefined {
  const validate = ajv.getSchema(`spec#/${encodeURI(pointer)}`);
  if (!validate) return `${pointer} is not there`;
  return validate(body) ? undefined : ajv.errorsText(validate.errors);
}

/** The names of the fields of a form, by the specification. */
export function formFieldsOf(received: Received): string[] {
  const [pointer] = known.get(callOf(received)) ?? [];
  const [, path = '', method = ''] = pointer?.split('/') ?? [];
  const content =
    spec?.paths[path.replaceAll('~1', '/')]?.[method]?.requestBody?.content;
  return Object.keys(content?.['multipart/form-data']?.schema.properties ?? {});
}
