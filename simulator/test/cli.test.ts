import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
const command = (...options: string[]) => ['--import', 'tsx', CLI, ...options];
const run = promisify(execFile);

describe('whatsapp-simulator', () => {
  it('prints its address, answers there, and stops when told', async () => {
    const child = spawn(process.execPath, command('--port', '0'));
    const [line] = (await once(createInterface(child.stdout), 'line')) as [
      string,
    ];

    const url = /http:\S+/.exec(line)![0];
    expect((await fetch(url)).status).to.equal(200);
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).to.equal(0);
  });

  it('speaks the On-Premises way when told', async () => {
    const options = command('--port', '0', '--on-premises');
    const child = spawn(process.execPath, options);
    const [line] = (await once(createInterface(child.stdout), 'line')) as [
      string,
    ];

    const url = /http:\S+/.exec(line)![0];
    expect((await fetch(`${url}/v1/messages`)).status).to.equal(401);
    child.kill('SIGTERM');
    await once(child, 'exit');
  });

  it('explains itself', async () => {
    const { stdout } = await run(process.execPath, command('--help'));

    expect(stdout).to.include('--port');
  });

  it('takes the port from the environment too', async () => {
    const failure = await run(process.execPath, command(), {
      env: { ...process.env, PORT: '99999' },
    }).catch((error: { code: number; stderr: string }) => error);

    expect(failure).to.include({ code: 1 });
    expect(failure.stderr).to.include('The variable PORT 99999');
  });

  for (const port of ['many', '99999'])
    it(`says that ${port} is not a port`, async () => {
      const failure = await run(
        process.execPath,
        command('--port', port),
      ).catch((error: { code: number; stderr: string }) => error);

      expect(failure).to.include({ code: 1 });
      expect(failure.stderr).to.include(port);
    });
});
