// What the adaptor does with media, done with undici alone.
import { createHash } from 'node:crypto';
import { Agent, request } from 'undici';

const dispatcher = new Agent();
const BOUNDARY = 'a-boundary-that-no-file-has';

const part = (headers, value = '') =>
  `--${BOUNDARY}\r\ncontent-disposition: form-data; ${headers}\r\n\r\n${value}`;
const head = Buffer.from(
  [
    part('name="messaging_product"', 'whatsapp'),
    part('name="type"', 'application/pdf'),
    part('name="file"; filename="a.pdf"\r\ncontent-type: application/pdf'),
  ].join('\r\n'),
);
const tail = Buffer.from(`\r\n--${BOUNDARY}--\r\n`);

/** Sends a stream of pieces as the file of a form. */
export async function upload(origin, pieces) {
  const { body } = await request(`${origin}/v25.0/1/media`, {
    method: 'POST',
    dispatcher,
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    body: enclosed(pieces),
  });
  return body.json();
}

async function* enclosed(pieces) {
  yield head;
  yield* pieces;
  yield tail;
}

/** Gets the bytes and does no more. */
export async function collect(origin) {
  const { body } = await open(origin);
  return Buffer.from(await body.arrayBuffer());
}

/** Gets the bytes, proves them, and leaves them as a job needs them. */
export async function prove(origin) {
  const bytes = await collect(origin);
  createHash('sha256').update(bytes).digest('base64');
  return bytes.toString('base64');
}

/** Hands the bytes on to another system. */
export async function pipe(origin, through = body => body) {
  const { body, headers } = await open(origin);
  const answer = await request(`${origin}/elsewhere`, {
    method: 'PUT',
    dispatcher,
    headers: { 'content-length': headers['content-length'] },
    body: through(body),
  });
  return answer.body.json();
}

/** The same, and proves them on the way. */
export const pipeAndProve = origin => pipe(origin, hashing);

async function* hashing(body) {
  const hash = createHash('sha256');
  for await (const piece of body) {
    hash.update(piece);
    yield piece;
  }
  hash.digest('base64');
}

async function open(origin) {
  const { body } = await request(`${origin}/v25.0/1`, { dispatcher });
  const { url } = await body.json();
  return request(url, { dispatcher });
}
