import { expect } from 'chai';
import { startSimulator } from '../src/index';
import { useSimulator } from './call';

describe('startSimulator', () => {
  it('takes a free port, so that many can run side by side', async () => {
    const [one, two] = await Promise.all([startSimulator(), startSimulator()]);

    expect(one.port).not.to.equal(two.port);
    expect(one.url).to.equal(`http://127.0.0.1:${one.port}`);
    await Promise.all([one.close(), two.close()]);
  });

  it('says when the port is taken', async () => {
    const first = await startSimulator();

    const second = await startSimulator({ port: first.port }).catch(
      (error: { code: string }) => error.code,
    );

    expect(second).to.equal('EADDRINUSE');
    await first.close();
  });

  it('leaves Request and Response of the process alone', async () => {
    const before = [globalThis.Request, globalThis.Response];
    const simulator = await startSimulator();

    expect([globalThis.Request, globalThis.Response]).to.deep.equal(before);
    await simulator.close();
  });

  it('closes while an answer is still waiting, and more than once', async () => {
    const simulator = await startSimulator();
    simulator.fault({ delay: 60_000 });
    const call = fetch(`${simulator.url}/17/messages`).catch(() => 'cut off');
    while (!simulator.requests.length)
      await new Promise(resolve => setTimeout(resolve, 5));

    await simulator.close();
    await simulator.close();

    expect(await call).to.equal('cut off');
  });
});

describe('the pages of the simulator', () => {
  const { simulator } = useSimulator();

  it('say what it is', async () => {
    const response = await fetch(simulator().url);

    expect(response.headers.get('content-type')).to.include('text/plain');
    expect(await response.text()).to.include('simulator of the WhatsApp');
  });

  it('are not all there', async () => {
    const response = await fetch(`${simulator().url}/simulator/nothing`);

    expect(response.status).to.equal(404);
  });

  it('answer under their first name too', async () => {
    const response = await fetch(`${simulator().url}/sandbox/transcript`);

    expect(await response.json()).to.deep.equal({ data: [] });
  });
});
