import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { networkOf, createReceive } from '../../src/http/guard';
import { until } from '../support/waiting';

const LIMITS = { body: 100, total: 250 };

describe('createReceive', () => {
  const source = (text = '') => {
    const stream = new PassThrough();
    if (text !== '') stream.write(text);
    return stream;
  };

  it('gives the exact bytes', async () => {
    const receive = createReceive(LIMITS);
    const stream = source('a');

    const result = receive(stream, 'x');
    stream.write(Buffer.from([0xff]));
    stream.end();

    expect(await result).to.deep.equal(Buffer.from([0x61, 0xff]));
  });

  it('takes no more than the limit of a body, and drops what comes after it', async () => {
    const receive = createReceive(LIMITS);
    const stream = source('x'.repeat(100));
    const result = receive(stream, 'x');
    stream.write('x');
    stream.end('y'.repeat(1000));

    expect(await result).to.equal('TOO_LARGE');
    expect(stream.readableLength).to.equal(0);
  });

  for (const end of ['destroy', 'error'] as const) {
    it(`says that a body is incomplete (${end})`, async () => {
      const receive = createReceive(LIMITS);
      const stream = source('x');
      const result = receive(stream, 'x');

      stream.destroy(end === 'error' ? new Error('gone') : undefined);

      expect(await result).to.equal('INCOMPLETE');
      expect(await receive(stream, 'x')).to.equal('INCOMPLETE');
    });
  }

  it('counts nothing for those that send nothing, however many', async () => {
    const receive = createReceive(LIMITS);
    const silent = Array.from({ length: 500 }, () => source());
    silent.forEach(stream => void receive(stream, 'x'));
    const stream = source();
    stream.end('x'.repeat(100));

    expect(await receive(stream, 'x')).to.have.length(100);
  });

  it('gives up the oldest body when memory is used up, and takes the new one', async () => {
    const receive = createReceive(LIMITS);
    const results: unknown[] = [];
    const streams = Array.from({ length: 3 }, (_, i) => {
      const stream = source('x'.repeat(80));
      void receive(stream, 'x').then(result => (results[i] = result));
      return stream;
    });
    const last = source();
    last.end('x'.repeat(90));

    expect(await receive(last, 'x')).to.have.length(90);

    await until(() => results.length > 0, 'giving up');
    expect(results).to.deep.equal(['BUSY']);
    streams[1]?.end();
    await until(() => results[1], 'receiving');
    expect(results[1]).to.have.length(80);
  });

  it('gives up a body of the address that uses the most', async () => {
    const receive = createReceive(LIMITS);
    const results: string[] = [];
    const start = (address: string, size: number) =>
      void receive(source('x'.repeat(size)), address).then(result =>
        results.push(`${address} ${result.toString()}`),
      );
    start('a', 50);
    start('b', 90);
    start('b', 90);
    start('c', 30);

    await until(() => results.length > 0, 'giving up');

    expect(results).to.deep.equal(['b BUSY']);
  });
});

describe('networkOf', () => {
  for (const [address, network] of [
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8:0:0:1:2:3:4', '2001:db8:0:0'],
    ['2001:0DB8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
    ['', ''],
  ] as const) {
    it(`is ${network} for ${address}`, () => {
      expect(networkOf(address)).to.equal(network);
    });
  }
});
