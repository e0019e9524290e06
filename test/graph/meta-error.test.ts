import { expect } from 'chai';
import { readMetaError } from '../../src/graph/meta-error';

const read = (body: unknown) => readMetaError(JSON.stringify(body));

describe('readMetaError', () => {
  it('reads the form of the Cloud API', () => {
    expect(
      read({
        error: {
          message: '(#131009) Parameter value is not valid',
          code: 131009,
          error_subcode: 33,
          error_data: { details: 'Param to' },
          fbtrace_id: 'TRACE',
        },
      }),
    ).to.deep.equal({
      code: 131009,
      subcode: 33,
      message: '(#131009) Parameter value is not valid: Param to',
      traceId: 'TRACE',
    });
  });

  it('reads the form of the On-Premises API', () => {
    const errors = [
      {
        code: 1008,
        title: 'Required parameter is missing',
        details: 'Parameter to is required.',
      },
      { code: 1009, title: 'Another' },
    ];

    expect(read({ meta: { api_status: 'stable' }, errors })).to.deep.equal({
      code: 1008,
      message: 'Required parameter is missing: Parameter to is required.',
    });
  });

  it('reads the form in which its hosts refuse', () => {
    const meta = { success: false, developer_message: 'Invalid api key' };

    expect(read({ meta })).to.deep.equal({ message: 'Invalid api key' });
  });

  it('takes only numbers for a code, also as text', () => {
    expect(read({ error: { code: '190', error_subcode: '463' } })).to.include({
      code: 190,
      subcode: 463,
    });
    for (const code of ['', ' ', 'E1', null, false, true, [], [4], {}]) {
      const error = { code, error_subcode: code, message: 'Failed' };
      expect(read({ error }), JSON.stringify(code)).to.deep.equal({
        message: 'Failed',
      });
    }
  });

  it('makes the best of what is damaged', () => {
    for (const body of [
      null,
      [],
      {},
      { error: 'text' },
      { errors: [] },
      { errors: ['text'] },
      { errors: {} },
      { meta: {} },
      { error: {} },
    ]) {
      expect(read(body), JSON.stringify(body)).to.deep.equal({});
    }
    expect(readMetaError('<html>')).to.deep.equal({});
  });
});
