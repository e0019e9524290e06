import { expect } from 'chai';
import { report } from '../../../scripts/run-job/report';

describe('report', () => {
  const name = 'AdaptorError';
  const message = 'No number.';

  it('tells the operation, the line and the details', () => {
    const lines = report({
      name,
      message,
      operationName: 'send',
      line: 3,
      details: { message, code: 'NO_NUMBER', fix: 'Give one.', sent: 'no' },
    });

    expect(lines.split('\n')).to.deep.equal([
      'send(), line 3: No number.',
      '  code         NO_NUMBER',
      '  fix          Give one.',
    ]);
  });

  it('shows the line of the job', () => {
    const pos = { line: 2, src: '  a.b;' };

    expect(report({ name, message, pos })).to.equal(
      'line 2: No number.\n  > a.b;',
    );
  });

  it('leaves out a place that says nothing', () => {
    const operationName = '_defer';

    expect(report({ name, message, operationName, line: -1 })).to.equal(
      message,
    );
    expect(report({ name, message, pos: { line: null } })).to.equal(message);
  });

  it('tells of an error of its own properties', () => {
    const error = Object.assign(new Error(message), { code: 'NO_NUMBER' });

    expect(report(error)).to.equal('No number.\n  code         NO_NUMBER');
  });

  it('names a syntax error', () => {
    expect(report(new SyntaxError('Unexpected token'))).to.equal(
      'SyntaxError: Unexpected token',
    );
  });

  it('takes whatever was thrown', () => {
    expect(report('no')).to.equal('no');
    expect(report(undefined)).to.equal('undefined');
  });
});
