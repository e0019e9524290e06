import { expect } from 'chai';
import { buildMessage } from '../../src/messages/message';
import { throws } from '../rejects';

const send = (options: unknown) =>
  buildMessage('+254700000001', 'Hello', options);

describe('the options of a send', () => {
  it('may be missing, null or empty', () => {
    for (const options of [undefined, null, {}, { timeout: undefined }]) {
      send(options);
    }
  });

  it('take every value that makes sense', () => {
    for (const options of [
      { timeout: 1 },
      { timeout: 2500.5 },
      { dryRun: false },
      { defaultCountry: 'ke' },
      { retry: false },
      { retry: {} },
      { retry: { attempts: 1, delay: 0, backoff: 'fixed', on: 'all' } },
      { callbackData: 'x'.repeat(512) },
    ]) {
      send(options);
    }
  });

  it('refuse every other value, and name it', () => {
    for (const [options, description] of [
      [{ timeout: '5000' }, 'timeout is text; it must be a number.'],
      [{ timeout: 0 }, 'timeout is not a number of at least 1.'],
      [{ timeout: Infinity }, 'timeout is not a number of at least 1.'],
      [{ timeout: NaN }, 'timeout is not a number; it must be a number.'],
      [{ dryRun: 'no' }, 'dryRun is text; it must be true or false.'],
      [{ dryRun: 0 }, 'dryRun is a number; it must be true or false.'],
      [{ retry: true }, 'retry is a boolean; it must be an object.'],
      [{ retry: 3 }, 'retry is a number; it must be an object.'],
      [
        { retry: { attempts: 0 } },
        'retry.attempts is not a whole number of at least 1.',
      ],
      [{ retry: { delay: -1 } }, 'retry.delay is not a number of at least 0.'],
      [
        { retry: { backoff: 'slow' } },
        'retry.backoff is none of the words that it can be.',
      ],
      [{ retry: { on: true } }, 'retry.on is a boolean.'],
      [{ retry: { attempt: 2 } }, 'retry has a field that is none of its own.'],
      [{ replyTo: '' }, 'replyTo is empty.'],
      [{ replyTo: 5.5 }, 'replyTo is a number; it must be text.'],
      [
        { callbackData: 2 ** 60 },
        'callbackData is a number too long to be exact: its last digits are lost.',
      ],
      [
        { callbackData: 'x'.repeat(513) },
        'callbackData has 513 characters; at most 512 are allowed.',
      ],
      [
        { recipientType: 'groups' },
        'recipientType is none of the words that it can be.',
      ],
      [{ defaultCountry: 254 }, 'defaultCountry is a number; it must be text.'],
      [{ defaultCountry: 'KEN' }, 'defaultCountry is not two letters.'],
    ] as const) {
      throws(() => send(options), { code: 'INVALID_OPTIONS', description });
    }
  });

  it('refuse a name that does not exist', () => {
    expect(
      throws(() => send({ replyto: 'wamid.1' }), { code: 'INVALID_OPTIONS' })
        .fix,
    ).to.contain('replyTo');
    throws(() => send('wamid.1'), { code: 'INVALID_OPTIONS' });
  });
});
