import { expect } from 'chai';
import { errorScopeOf, rowErrorOf } from '../../src/broadcast/error-scope';
import { WhatsAppError } from '../../src/core/errors';

const failure = (more: object) =>
  new WhatsAppError({ code: 'X', description: 'D.', fix: 'F.', ...more });

describe('errorScopeOf', () => {
  const expected = {
    everyone: [
      0, 3, 10, 104, 190, 200, 299, 368, 131005, 131031, 131037, 131042, 131048,
      133010,
    ],
    rate: [4, 80007, 130429, 131057],
    template: [132001, 132015, 132016],
    person: [131026, 131047, 131049, 131050, 131056, 130472, 130497],
    job: [100, 131008, 131009, 132000, 132012, 132018],
  };
  for (const [scope, codes] of Object.entries(expected)) {
    for (const metaCode of codes) {
      it(`says that ${metaCode} affects ${scope}`, () => {
        expect(errorScopeOf(failure({ metaCode }))).to.equal(scope);
      });
    }
  }

  it('goes by the subcode that names the object', () => {
    const error = failure({ metaCode: 100, metaSubcode: 33 });

    expect(errorScopeOf(error)).to.equal('everyone');
  });

  it('goes by the status where Meta says nothing', () => {
    const refused = (statusCode: number, code = 'REQUEST_REFUSED') =>
      errorScopeOf(failure({ statusCode, code }));

    expect(refused(401)).to.equal('everyone');
    expect(refused(429, 'RATE_LIMITED')).to.equal('rate');
    expect(refused(500)).to.equal(undefined);
  });

  it('is not told by the status of another system', () => {
    for (const statusCode of [401, 429]) {
      const error = failure({ statusCode, code: 'DESTINATION_REFUSED' });

      expect(errorScopeOf(error)).to.equal(undefined);
    }
  });

  it('knows nothing of other errors', () => {
    for (const error of [undefined, 'x', new Error('x'), failure({})]) {
      expect(errorScopeOf(error)).to.equal(undefined);
    }
  });
});

describe('rowErrorOf', () => {
  it('shows our errors as they are', () => {
    expect(
      rowErrorOf(failure({ retryable: true, metaCode: 4, traceId: 'T' })),
    ).to.deep.equal({
      code: 'X',
      metaCode: 4,
      description: 'D.',
      fix: 'F.',
      retryable: true,
    });
  });

  it('shows whatever a job throws in the same form', () => {
    for (const thrown of [new Error('boom'), 'boom']) {
      expect(rowErrorOf(thrown)).to.include({
        code: 'OPERATION_FAILED',
        description: 'The operation failed: boom.',
        retryable: false,
      });
    }
    expect(rowErrorOf(null).description).to.match(/no reason/);
  });
});
