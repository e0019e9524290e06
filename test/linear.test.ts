import { filenameIn, sizeIn } from '../src/media/file-headers';
import { nameIn } from '../src/media/open-file';
import {
  baseOf,
  normalizeType,
  extensionOf,
  correctFilename,
  typeByName,
} from '../src/media/media-types';
import { hexOf } from '../src/media/checksum';
import { readMediaRef } from '../src/media/media-ref';
import { formOf, retryAfterOf } from '../src/graph/api-error';
import { usageOf } from '../src/broadcast/paced-runtime';
import { mask, isSamePerson } from '../src/recipients/recipient';
import { parse } from '../src/events/parse';
import { labelOf } from '../src/graph/request';
import { expect } from 'chai';
import { httpsLink, webLink } from '../simulator/src/checks/values';
import { rowOf } from '../simulator/src/media/types';
import { parseFlow } from '../src/events/message';
import { readMetaError } from '../src/graph/meta-error';
import { mayLeadTo } from '../src/graph/address';
import { decodeBase64, decodeDataUri, readFile } from '../src/media/source';
import { normalize } from '../src/phone';
import { challenge, verify } from '../src/webhook';

// What strangers write may be long, and of any shape: a step for each pair of its
// characters would take minutes for a megabyte, and the run would be over.

const SIZE = 1_000_000;
const UNITS = [
  ...[' ', '\t', '\r\n', '.', '/', '\\', '"', '\\"', '0', '7', '+', '(', '-'],
  ...['=', '%', '%4', ';', ':', ',', '@', '$', '_', 'a', 'a.', 'a/', 'a ', '['],
  ...[
    '{"a":',
    '{{',
    '{{a',
    '}}',
    'filename=',
    'filename="',
    '\0',
    '٣',
    '\u00a0',
  ],
  ...["filename*=utf-8''", '1-', '0.', '😀', '\ud800', 'token', 'data:,', '<'],
];

const shapes = UNITS.flatMap(unit => {
  const long = unit.repeat(SIZE / unit.length);
  return [long, `+${long}/`, `https://a${long} `];
});

const webhook = (value: object) =>
  parse({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
  });
const message = (fields: object) =>
  webhook({
    metadata: { phone_number_id: '1' },
    contacts: [{ wa_id: '15550100123', profile: { name: 'Amina' } }],
    messages: [{ id: 'wamid.1', from: '15550100123', type: 'text', ...fields }],
  });

const readers: Record<string, (text: string) => unknown> = {
  'file name of a Content-Disposition': text =>
    filenameIn({ 'content-disposition': text }),
  'size of a file': text => sizeIn({ 'content-length': text }),
  'Retry-After': text =>
    retryAfterOf({ headers: { 'retry-after': text }, statusCode: 429 }),
  'usage headers': text => usageOf({ 'x-app-usage': text }),
  'name in an address': text => nameIn({ pathname: text } as URL),
  'host of a redirect': text =>
    mayLeadTo(
      { protocol: 'https:', hostname: text } as URL,
      new URL('https://a.example'),
    ),
  'base of a file name': baseOf,
  'extension of a file name': extensionOf,
  'type by a name': typeByName,
  'name for a type': text => correctFilename(text, 'image/jpeg'),
  'type of a file': normalizeType,
  hash: hexOf,
  base64: text => decodeBase64(text, 'file'),
  'data URI': text => decodeDataUri(text, 'file'),
  'file of a job': text => readFile(text),
  'ID or URL of a media': readMediaRef,
  'words of a body': formOf,
  "Meta's error": readMetaError,
  "Meta's message": text =>
    readMetaError(JSON.stringify({ error: { message: text, code: text } })),
  'path of a log': labelOf,
  'phone number': text => normalize(text),
  'phone number of a country': text => normalize(text, 'KE'),
  'masked number': mask,
  'two people': text => isSamePerson(text, `${text}1`),
  'text of a message': text => message({ text: { body: text } }),
  'IDs of a message': text =>
    message({ id: text, from: text, timestamp: text, type: text }),
  'file of a message': text =>
    message({
      type: 'image',
      image: { id: text, caption: text, sha256: text },
    }),
  'form of a message': text =>
    message({
      type: 'interactive',
      interactive: { type: 'nfm_reply', nfm_reply: { response_json: text } },
    }),
  form: parseFlow,
  'webhook as text': text => parse(text),
  handshake: text =>
    challenge(
      { 'hub.mode': 'subscribe', 'hub.verify_token': text },
      'a word of ours',
    ),
  signature: text => verify(text, text, 'secret'),
  'link at the simulator': text => httpsLink(text, 'link'),
  'address at the simulator': text => webLink(text, 'url'),
  'type at the simulator': rowOf,
};

/** Many of everything that a webhook has. */
const MANY = 100_000;
const list = <T>(make: (index: number) => T): T[] =>
  Array.from({ length: MANY }, (_, index) => make(index));
const keys = () => Object.fromEntries(list(index => [`key${index}`, index]));

const crowds: Record<string, () => unknown> = {
  messages: () =>
    webhook({
      contacts: list(index => ({ wa_id: `1555${1_000_000 + index}` })),
      messages: list(index => ({
        id: `wamid.${index}`,
        from: `1555${1_000_000 + index}`,
        type: 'text',
        text: { body: 'Hello' },
      })),
    }),
  statuses: () =>
    webhook({
      statuses: list(index => ({ id: `wamid.${index % 10}`, status: 'sent' })),
    }),
  'errors of a message': () =>
    message({ errors: list(() => ({ code: '131051' })) }),
  'keys of a message': () => message({ text: keys(), ...keys() }),
  'keys of a value': () => webhook(keys()),
  'keys of an entry': () => parse({ entry: [keys()] }),
  entries: () => parse({ entry: list(index => ({ id: index })) }),
  changes: () =>
    parse({ entry: [{ changes: list(index => ({ field: `${index}` })) }] }),
  'no changes': () => parse({ entry: [{ changes: list(index => index) }] }),
  'levels of a form': () => parseFlow('{"a":'.repeat(MANY) + '}'.repeat(MANY)),
};

describe('what strangers write', function () {
  this.timeout(120_000);

  for (const [name, read] of Object.entries(readers)) {
    it(`is read in linear time: ${name}`, () => {
      const began = performance.now();
      for (const text of shapes) {
        try {
          read(text);
        } catch (error) {
          // A refusal is a fine answer; a stack that is full is none.
          expect(error).not.to.be.instanceOf(RangeError);
        }
      }
      if (process.env['SHOW_TIMES']) {
        const took = (performance.now() - began) / shapes.length;
        process.stderr.write(`${name}: ${took.toFixed(2)} ms for 1 MB\n`);
      }
    });
  }

  for (const [name, read] of Object.entries(crowds)) {
    it(`is read in linear time when there are 100,000 of it: ${name}`, () => {
      const began = performance.now();
      read();
      if (process.env['SHOW_TIMES']) {
        const took = performance.now() - began;
        process.stderr.write(`100,000 ${name}: ${took.toFixed(0)} ms\n`);
      }
    });
  }
});
