import { expect } from 'chai';
import { buildMessage } from '../../../src/messages/message';
import { refused, to } from './send-kind';

describe('a location', () => {
  it('lies on the earth, in numbers or texts of numbers', () => {
    for (const latitude of [90, -90, '90', '-90.0', 0, '+1.5', '7']) {
      buildMessage(to, { location: { latitude, longitude: '180' } });
    }
    for (const latitude of [90.1, '-91', '', ' ', '1,5', '0x10', 'a', NaN]) {
      expect(
        refused({ location: { latitude, longitude: 0 } }).description,
      ).to.match(/^message\.location\.latitude is not a number/);
    }
    for (const longitude of [180.1, '-181', Infinity]) {
      expect(
        refused({ location: { latitude: 0, longitude } }).description,
      ).to.contain('between -180 and 180');
    }
  });
});
