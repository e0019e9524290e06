import { parse } from '../../src/events/parse';
import { expect } from 'chai';
import { only, webhook } from './fixtures';

const read = (fixture: string) => only('messages', `message-${fixture}`);

describe('the answers of a flow', () => {
  it('are parsed, and kept as text when they are no JSON', () => {
    expect(read('flow').flow).to.deep.equal({
      flow_token: 'visit-17',
      weight: 12.5,
      fever: true,
      village: 'Kisumu Ndogo',
    });
    expect(read('flow-not-json').flow).to.equal('{"weight":12');
    expect(read('address').flow).to.have.property('values');
  });

  for (const [response, flow] of [
    ['[1,2]', [1, 2]],
    ['null', null],
    ['false', false],
    ['', ''],
    [{ weight: 12 }, { weight: 12 }],
    [null, undefined],
  ])
    it(`may be ${JSON.stringify(response)}`, () => {
      const reply = { response_json: response };
      const interactive = { type: 'nfm_reply', nfm_reply: reply };
      const item = { id: 'wamid.1', type: 'interactive', interactive };

      const { messages } = parse(webhook('messages', { messages: [item] }));

      expect(messages[0]?.flow).to.deep.equal(flow);
    });
});
