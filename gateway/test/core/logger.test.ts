import { expect } from 'chai';
import { GatewayError } from '../../src/core/errors';
import { createLogger, describeError } from '../../src/core/logger';

const CANARY = 'canary-254700999888';

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  let lines = '';
  write(createLogger('debug', { write: line => (lines += line) }));
  return lines;
}

describe('createLogger', () => {
  for (const key of [
    'authorization',
    'body',
    'contact',
    'databaseUrl',
    'events',
    'gatewayKey',
    'headers',
    'openfnWebhookUrl',
    'payload',
    'raw',
    'signature',
    'text',
    'token',
  ]) {
    it(`cuts out ${key}, should it be logged by mistake`, () => {
      const lines = logged(log => {
        log.info({ [key]: CANARY }, 'flat');
        log.info({ some: { [key]: CANARY } }, 'nested');
      });

      expect(lines).to.include('nested').and.not.include(CANARY);
      expect(lines).not.to.include(key);
    });
  }

  it('tells how many events there are', () => {
    const lines = logged(log => {
      log.info({ counts: { events: 3, forwards: 2, to: 254700999888 } });
      log.info({ events: 4 });
    });

    expect(lines).to.include('"counts":{"events":3,"forwards":2}');
    expect(lines).to.include('"events":4').and.not.include('2547');
  });

  it('quotes no message of a foreign error, nor its details', () => {
    const error = Object.assign(new Error(CANARY), {
      code: '22P02',
      detail: CANARY,
      cause: new Error(CANARY),
    });

    const lines = logged(log => log.error({ err: error }, 'failed'));

    expect(lines).to.include('22P02').and.not.include(CANARY);
  });
});

describe('describeError', () => {
  it('tells where an error without a code was made, and no more', () => {
    const error = new TypeError(`${CANARY}\n    at ${CANARY} (a/b.ts:1:1)`);

    const { stack, type } = describeError(error) as {
      stack: string[];
      type: string;
    };

    expect(type).to.equal('TypeError');
    expect(stack[0]).to.match(/^at .*\(core\/logger\.test\.ts:\d+\)$/);
    expect(stack.length).to.be.within(1, 6);
    for (const secret of [CANARY, 'canary', 'file:', process.cwd()]) {
      expect(stack.join('\n')).to.not.include(secret);
    }
  });

  it('keeps our own message, and the code of its cause', () => {
    const cause = Object.assign(new Error(CANARY), { code: 'ECONNREFUSED' });
    const error = new GatewayError(
      'NO_DATABASE',
      'It is away.',
      'Wait.',
      cause,
    );

    expect(describeError(error)).to.deep.equal({
      code: 'NO_DATABASE',
      message: 'It is away. Wait. (NO_DATABASE)',
      cause: { type: 'Error', code: 'ECONNREFUSED' },
    });
  });

  it('has a word for what is no error', () => {
    expect(describeError(CANARY)).to.deep.equal({
      type: 'string',
      code: undefined,
    });
  });
});
