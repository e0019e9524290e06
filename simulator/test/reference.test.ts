import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Json } from './call';
import { useSimulator } from './call';
import { WAMID } from './messages';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const REFERENCE = resolve(
  ROOT,
  process.env.WHATSAPP_REFERENCE ?? '../shared/whatsapp',
);
const FOLDER = join(REFERENCE, 'requests');
const OWN = join(ROOT, 'test/fixtures/requests.json');

const readJson = (path: string): Json => JSON.parse(readFileSync(path, 'utf8'));

/** Our own requests, and those of the reference material where it is. */
const readAll = (): [string, Json][] => [
  ...Object.entries<Json>(readJson(OWN)),
  ...(existsSync(FOLDER) ? readdirSync(FOLDER) : []).map(
    (file): [string, Json] => [file, readJson(join(FOLDER, file))],
  ),
];

// What a placeholder stands for, where any word will not do.
const FILLED: [RegExp, string][] = [
  [/MESSAGE_ID/, WAMID],
  [/PHONE_NUMBER|^<TO>/, '+15550100'],
  [/LATITUDE|LONGITUDE/, '1.5'],
  [/EMOJI/, '👍'],
  [/COUNTRY_ISO_CODE/, 'IN'],
  [/HEADER_FORMAT/, 'image'],
  [/ASSET_ID/, '9001'],
  [/LANGUAGE|^<CODE>/, 'en_US'],
  [/^<TYPE>/, 'text'],
  [/NAME>$/, 'some_name'],
];

const fill = (placeholder: string) =>
  FILLED.find(([pattern]) => pattern.test(placeholder))?.[1] ?? 'Some words';

/** Numbers with x for digits are placeholders too, whatever the file says. */
const filled = (body: Json): Json =>
  JSON.parse(
    JSON.stringify(body)
      .replace(/<[A-Z0-9_]+>/g, fill)
      .replace(/x{10}/g, '5550100000'),
  );

/** Meta's page shows one card of its carousel; its limits say two at least. */
const isTooShort = (file: string) => file.includes('product-carousel');

describe('messages as Meta documents them', () => {
  const { post } = useSimulator();
  const messages = readAll().filter(
    ([, { method, url }]) => method === 'POST' && url?.endsWith('/messages'),
  );

  it('are there', () => expect(messages).not.to.be.empty);

  for (const [file, { url, body }] of messages)
    it(`are accepted: ${file}`, async () => {
      const id = '100000000000001';
      const path = filled({ url }).url.split('/').slice(-1)[0];
      const answer = await post(`/v25.0/${id}/${path}`, filled(body));

      const expected = isTooShort(file) ? 400 : 200;
      expect(answer.status, JSON.stringify(answer.body)).to.equal(expected);
    });
});
