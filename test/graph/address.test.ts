import { expect } from 'chai';
import { mayLeadTo, readAddress } from '../../src/graph/address';
import { throws } from '../rejects';

describe('an address elsewhere', () => {
  it('is https, or http on this computer', () => {
    for (const address of [
      'https://files.example/a?b=c',
      'https://10.0.0.7:8443/a',
      'http://localhost:8080/a',
      'http://127.0.0.1/a',
      'http://[::1]/a',
    ]) {
      expect(readAddress(address, 'x').href).to.equal(address);
    }
  });

  it('is refused as anything else', () => {
    for (const address of [
      7,
      '',
      'files.example/a',
      '/a',
      'http://files.example/a',
      'http://10.0.0.7/a',
      'http://127.0.0.1.files.example/a',
      'ftp://files.example/a',
      'file:///etc/passwd',
      'https://me:secret@files.example/a',
    ]) {
      throws(() => readAddress(address, 'x'), { code: 'INVALID_ADDRESS' });
    }
  });
});

describe('a redirect', () => {
  const may = (from: string, to: string) =>
    mayLeadTo(new URL(to), new URL(from));

  it('may lead to https', () => {
    expect(may('https://a.example', 'https://b.example/x')).to.equal(true);
    expect(may('https://a.example', 'https://93.184.216.34')).to.equal(true);
    expect(may('http://127.0.0.1:1', 'https://b.example')).to.equal(true);
  });

  it('may not lead to http, but on the computer where it began', () => {
    expect(may('https://a.example', 'http://b.example')).to.equal(false);
    expect(may('https://a.example', 'http://localhost')).to.equal(false);
    expect(may('https://10.0.0.1', 'http://127.0.0.1')).to.equal(false);
    expect(may('http://127.0.0.1:1', 'http://127.0.0.1:2')).to.equal(true);
  });

  it('may not lead from the internet into a private network', () => {
    for (const host of [
      '10.1.2.3',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '0.0.0.0',
      'localhost',
      'a.localhost',
      'metadata.google.internal',
      'printer.local',
      'intranet',
      '[::1]',
      '[::ffff:10.0.0.1]',
      '[fd00::1]',
      '[fe80::1]',
    ]) {
      expect(may('https://a.example', `https://${host}/`), host).to.equal(
        false,
      );
    }
    expect(may('https://10.0.0.1', 'https://10.0.0.2')).to.equal(true);
  });
});
