// A server of media for media.js: `node media-server.js <bytes>`, its port by IPC.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

const size = Number(process.argv[2]);
const bytes = Buffer.alloc(size, 1);
bytes.write('%PDF-1.7\n');
const sha256 = createHash('sha256').update(bytes).digest('base64');

const server = createServer((request, response) => {
  const isDownload = request.method === 'GET';
  if (isDownload && request.url === '/bytes') {
    const type = 'application/pdf';
    response.writeHead(200, { 'content-length': size, 'content-type': type });
    return response.end(bytes);
  }
  let received = 0;
  request.on('data', piece => (received += piece.length));
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(isDownload ? facts() : { id: '1', received }));
  });
});

const facts = () => ({
  messaging_product: 'whatsapp',
  url: `http://127.0.0.1:${server.address().port}/bytes`,
  mime_type: 'application/pdf',
  sha256,
  file_size: size,
  id: '1',
});

server.listen(0, '127.0.0.1', () => process.send(server.address().port));
