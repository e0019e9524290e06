import { expect } from 'chai';
import { scrub } from '../../src/graph/scrub';

describe('scrub', () => {
  const sent = {
    messaging_product: 'whatsapp',
    to: '+15550100200',
    type: 'template',
    template: {
      name: 'visit_reminder',
      language: { code: 'en_US' },
      components: [
        { type: 'body', parameters: [{ type: 'text', text: 'Amina (a.b)' }] },
      ],
    },
  };

  it('takes out what was sent', () => {
    expect(scrub('value "Amina (a.b)" is too long', sent)).to.equal(
      'value "***" is too long',
    );
  });

  it('takes out what was sent as JSON that the job wrote itself', () => {
    const body = JSON.stringify(sent);

    for (const written of [body, Buffer.from(body), { payload: body }]) {
      expect(scrub('value "Amina (a.b)" is too long', [written])).to.equal(
        'value "***" is too long',
      );
    }
  });

  it('takes out a verification code', () => {
    expect(scrub('The code 048213 is wrong.', [{ code: '048213' }])).to.equal(
      'The code *** is wrong.',
    );
  });

  it('takes out phone numbers, however written', () => {
    expect(scrub('15550100200 and +254 712 345 678.', sent)).to.equal(
      '*** and ***.',
    );
  });

  it("keeps Meta's vocabulary, the template's name and counts", () => {
    const words = 'template visit_reminder en_US: body has 1 of 3 (#132000)';
    expect(scrub(words, sent)).to.equal(words);
  });

  it('does not cut short contents out of longer words', () => {
    expect(scrub('Parameter is wrong: is', { text: 'is' })).to.equal(
      'Parameter *** wrong: ***',
    );
  });
});
