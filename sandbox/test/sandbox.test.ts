import { expect } from 'chai';
import { startSandbox } from '../src/index';
import { useSandbox } from './call';

describe('startSandbox', () => {
  it('takes a free port, so that many can run side by side', async () => {
    const [one, two] = await Promise.all([startSandbox(), startSandbox()]);

    expect(one.port).not.to.equal(two.port);
    expect(one.url).to.equal(`http://127.0.0.1:${one.port}`);
    await Promise.all([one.close(), two.close()]);
  });

  it('says when the port is taken', async () => {
    const first = await startSandbox();

    const second = await startSandbox({ port: first.port }).catch(
      (error: { code: string }) => error.code,
    );

    expect(second).to.equal('EADDRINUSE');
    await first.close();
  });

  it('leaves Request and Response of the process alone', async () => {
    const before = [globalThis.Request, globalThis.Response];
    const sandbox = await startSandbox();

    expect([globalThis.Request, globalThis.Response]).to.deep.equal(before);
    await sandbox.close();
  });

  it('closes while an answer is still waiting, and more than once', async () => {
    const sandbox = await startSandbox();
    sandbox.fault({ delay: 60_000 });
    const call = fetch(`${sandbox.url}/17/messages`).catch(() => 'cut off');
    while (!sandbox.requests.length)
      await new Promise(resolve => setTimeout(resolve, 5));

    await sandbox.close();
    await sandbox.close();

    expect(await call).to.equal('cut off');
  });
});

describe('the pages of the sandbox', () => {
  const { sandbox } = useSandbox();

  it('say what it is', async () => {
    const response = await fetch(sandbox().url);

    expect(response.headers.get('content-type')).to.include('text/plain');
    expect(await response.text()).to.include('sandbox of the WhatsApp');
  });

  it('are not all there', async () => {
    const response = await fetch(`${sandbox().url}/sandbox/nothing`);

    expect(response.status).to.equal(404);
  });
});
