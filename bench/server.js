// A stand-in for Meta: plain node:http, and one answer to every request.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const ANSWER = Buffer.from(
  JSON.stringify({
    messaging_product: 'whatsapp',
    contacts: [{ input: '254712345678', wa_id: '254712345678' }],
    messages: [
      { id: 'wamid.HBgMMjU0NzEyMzQ1Njc4FQIAERgSN0Y4RDk2RUJGRTM1QjM0NTNGAA==' },
    ],
  }),
);

// Of the kind that Meta sends: to read a dozen headers costs more than the body.
const HEADERS = {
  'content-type': 'application/json; charset=UTF-8',
  'content-length': ANSWER.length,
  'access-control-allow-origin': '*',
  'cache-control': 'private, no-cache, no-store, must-revalidate',
  'facebook-api-version': 'v25.0',
  'strict-transport-security': 'max-age=15552000; preload',
  'x-fb-request-id': 'AbCdEfGhIjKlMnOpQrStUvW',
  'x-fb-rev': '1012345678',
  'x-fb-trace-id': 'AbCdEfGhIjK',
  expires: 'Sat, 01 Jan 2000 00:00:00 GMT',
  pragma: 'no-cache',
  vary: 'Accept-Encoding',
};

// `few`: only those that HTTP needs.
const headers =
  process.argv[2] === 'few'
    ? {
        'content-type': HEADERS['content-type'],
        'content-length': HEADERS['content-length'],
      }
    : HEADERS;

// Contestants that wait for their turn keep their connections.
const IDLE_TIMEOUT = 60_000;

let isNextShown = false;

const server = createServer((request, response) => {
  if (isNextShown) show(request);
  request.resume().on('end', () => {
    response.writeHead(200, headers);
    response.end(ANSWER);
  });
});

/** Shows one request to run.js, which compares it with those of the others. */
async function show(request) {
  isNextShown = false;
  const { method, url } = request;
  const { authorization } = request.headers;
  const body = JSON.parse(await text(request));
  process.send({ method, url, authorization, body });
}

server.keepAliveTimeout = IDLE_TIMEOUT;
server.listen(0, '127.0.0.1', () => process.send(server.address()));

process.on('message', () => {
  isNextShown = true;
  process.send('watching');
});
process.on('disconnect', () => process.exit());
