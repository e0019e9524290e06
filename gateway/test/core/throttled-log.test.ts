import { expect } from 'chai';
import { createLogger } from '../../src/core/logger';
import { createThrottledLog } from '../../src/core/throttled-log';

describe('createThrottledLog', () => {
  it('says the first at once, and of a flood nothing more', () => {
    const lines: string[] = [];
    const log = createLogger('info', { write: line => lines.push(line) });
    const throttledLog = createThrottledLog(log, 'requests were refused');

    for (let i = 0; i < 1000; i++) throttledLog.count('WRONG_SIGNATURE');

    expect(lines).to.have.length(1);
    expect(JSON.parse(lines[0] ?? '')).to.deep.include({
      counted: { WRONG_SIGNATURE: 1 },
      msg: 'requests were refused',
    });
  });
});
