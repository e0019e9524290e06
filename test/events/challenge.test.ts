import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { challenge } from '../../src/events/verify';
import { throws } from '../rejects';

const TOKEN = 'chosen at Meta';
const query = {
  'hub.mode': 'subscribe',
  'hub.challenge': '1158201444',
  'hub.verify_token': TOKEN,
};

describe('challenge', () => {
  for (const [how, given] of [
    ['flat', query],
    [
      'nested',
      {
        hub: { mode: 'subscribe', challenge: 1158201444, verify_token: TOKEN },
      },
    ],
    ['behind get', new URLSearchParams(query)],
    ['of another realm', runInNewContext(`(${JSON.stringify(query)})`)],
  ] as [string, unknown][])
    it(`is answered when the query is ${how}`, () => {
      expect(challenge(given, TOKEN)).to.equal('1158201444');
    });

  for (const [why, given] of [
    ['the token is another', { ...query, 'hub.verify_token': 'other' }],
    ['the token is longer', { ...query, 'hub.verify_token': `${TOKEN}!` }],
    ['the token is missing', { ...query, 'hub.verify_token': undefined }],
    ['the token is empty', { ...query, 'hub.verify_token': '' }],
    ['the token came twice', { ...query, 'hub.verify_token': [TOKEN, TOKEN] }],
    ['the mode is another', { ...query, 'hub.mode': 'unsubscribe' }],
    ['the mode is missing', { ...query, 'hub.mode': undefined }],
    ['there is no challenge', { ...query, 'hub.challenge': undefined }],
    ['there is no query', undefined],
    ['the query is text', 'hub.mode=subscribe'],
    ['hub is text', { hub: 'mode' }],
  ] as [string, unknown][])
    it(`is not answered when ${why}`, () => {
      expect(challenge(given, TOKEN)).to.equal(undefined);
    });

  it('forgives spaces around our own token', () => {
    expect(challenge(query, ` ${TOKEN}\n`)).to.equal('1158201444');
  });

  for (const token of [undefined, null, '', '  ', {}])
    it(`needs a token of ours, not ${JSON.stringify(token)}`, () => {
      const open = { ...query, 'hub.verify_token': token };

      const { fix } = throws(() => challenge(open, token), {
        code: 'INVALID_VERIFY_TOKEN',
      });

      expect(fix).to.match(/verify token/);
    });
});
