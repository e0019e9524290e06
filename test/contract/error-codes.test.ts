import { expect } from 'chai';
import { lookUp } from '../../src/graph/catalogue';
import { needReference, readReferenceFile } from '../reference';

type Reference = { errors: { code: number | string }[] };

describe('the error catalogue', () => {
  const reference = readReferenceFile('error-codes.json') as
    Reference | undefined;
  const codes = (reference?.errors ?? []).map(({ code }) => code);
  needReference(codes);

  it('knows every code that Meta documents', () => {
    const unknown = codes.filter(
      code => lookUp(Number(String(code).split('-')[0])) === undefined,
    );

    expect(unknown).to.deep.equal([]);
  });
});
