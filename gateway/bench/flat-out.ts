import autocannon from 'autocannon';
import { signedBody } from './bodies';

// A process of its own: as many requests as are answered, over 50 connections.
const [url = '', seconds = '10'] = process.argv.slice(2);
let i = 0;

const result = await autocannon({
  url: `${url}/webhook`,
  connections: 50,
  duration: Number(seconds),
  requests: [
    {
      method: 'POST',
      setupRequest: request => {
        const { body, signature } = signedBody(i++);
        const headers = { 'x-hub-signature-256': signature };
        return { ...request, body, headers };
      },
    },
  ],
});

console.log(
  JSON.stringify({
    rate: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: result.non2xx + result.errors,
  }),
);
