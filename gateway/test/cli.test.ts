import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { newDataFolder, newFolder } from './support/folders';
import { FakeOpenFn } from './support/openfn';
import { post, sign, textWebhook } from './support/payloads';
import { GatewayProcess, killGateways } from './support/processes';
import { sleep, until } from './support/waiting';

describe('the program', () => {
  afterEach(killGateways);

  it('says what is missing, without a stack, and ends', async () => {
    const gateway = new GatewayProcess({ WHATSAPP_APP_SECRET: '' });

    expect(await gateway.exited).to.equal(1);
    expect(gateway.errors).to.include('WHATSAPP_APP_SECRET is missing.');
    expect(gateway.errors).to.not.match(/\n +at /);
  });

  it('says that the database cannot be used, without its password', async () => {
    const gateway = new GatewayProcess({
      FORWARD: 'none',
      DATABASE_URL: 'postgres://user:canary@no-such-host.invalid/gateway',
    });

    expect(await gateway.exited).to.equal(1);
    expect(gateway.errors).to.include('DATABASE_URL').and.not.include('canary');
  });

  it('runs when it is built, with what its package asks for', () => {
    const folder = fileURLToPath(new URL('..', import.meta.url));
    execFileSync(process.execPath, ['--import', 'tsx', 'build.ts'], {
      cwd: folder,
    });

    const { status, stderr } = spawnSync(process.execPath, ['dist/cli.js'], {
      ...{ cwd: folder, encoding: 'utf8' },
      env: {},
    });

    expect(status).to.equal(1);
    expect(stderr).to.include('WHATSAPP_VERIFY_TOKEN is missing.');
  });

  it('says on which address it listens, and what it is set to', async () => {
    const gateway = await new GatewayProcess({
      GATEWAY_DATA: await newDataFolder(),
      FORWARD: 'none',
      GATEWAY_KEY: 'short',
    }).ready();

    expect(gateway.url).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await gateway.stop()).to.equal(0);
    const lines = gateway.lines.join('\n');
    expect(lines).to.include('"store":"embedded"');
    expect(lines).to.include('short enough to be guessed');
  });

  const ended = async (args: string[]) => {
    const gateway = new GatewayProcess({ FORWARD: 'none' }, args);
    const code = await gateway.exited;
    return { code, errors: gateway.errors, output: gateway.output };
  };

  it('lists its commands and options', async () => {
    const { code, output } = await ended(['--help']);

    expect(code).to.equal(0);
    expect(output).to.match(/\n {2}start .*\n {2}migrate /);
    expect(output).to.include('--env-file FILE').and.not.include('--grant-to');
    expect((await ended(['migrate', '-h'])).output).to.include('--grant-to');
  });

  it('tells its version', async () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
    ) as { version: string };

    expect((await ended(['--version'])).output.trim()).to.equal(version);
  });

  for (const [args, words] of [
    [['begin'], 'There is no command begin; there are start, migrate, '],
    [['--prot'], "Unknown option '--prot'."],
    [['--version=yes'], '--version'],
    [['start', '--grant-to', 'x'], "Unknown option '--grant-to'."],
    [['replay', '--dry-run=no'], '--dry-run'],
    [['start', 'now'], "Unexpected argument 'now'."],
    [['--env-file'], "'--env-file <value>' argument missing."],
    [['--env-file', '/no/such/file'], '/no/such/file'],
  ] as const) {
    it(`refuses ${args.join(' ')} in a sentence`, async () => {
      const { code, errors } = await ended([...args]);

      // Node 20 reads --env-file itself, also behind the name of a program.
      expect(code).to.be.oneOf([1, 9]);
      expect(code).to.be.oneOf([1, 9]);
      expect(errors)
        .to.include(words)
        .and.not.match(/\n +at /);
    });
  }

  it('takes new keys from an env file on SIGHUP, and keeps the old ones when it cannot be read', async () => {
    const file = join(newFolder(), 'env');
    const write = (...lines: string[]) => writeFileSync(file, lines.join('\n'));
    write('READ_KEY=old-key-0123456789', 'METRICS_KEY=m');
    const gateway = await new GatewayProcess(
      { GATEWAY_DATA: await newDataFolder(), FORWARD: 'none', GATEWAY_KEY: '' },
      ['--env-file', file],
    ).ready();
    const { url } = gateway;
    const statusWith = async (key: string) => {
      const headers = { authorization: `Bearer ${key}` };
      return (await fetch(`${url}/messages`, { headers })).status;
    };
    const reload = async (line: string) => {
      const before = gateway.lines.length;
      gateway.signal('SIGHUP');
      await until(
        () => gateway.lines.slice(before).some(text => text.includes(line)),
        'reloading',
      );
    };

    expect(await statusWith('old-key-0123456789')).to.equal(200);
    write('READ_KEY=new-key-0123456789', 'PORT=1');
    await reload('the keys were reloaded');
    expect(await statusWith('old-key-0123456789')).to.equal(401);
    expect(await statusWith('new-key-0123456789')).to.equal(200);
    expect(gateway.lines.join('\n')).to.include('"needRestart":["PORT"]');

    write('READ_KEY=third', 'WHATSAPP_APP_SECRET=next', 'PORT=canary');
    await reload('the keys were not reloaded');
    expect(await statusWith('new-key-0123456789')).to.equal(200);

    write('READ_KEY=third', 'WHATSAPP_APP_SECRET=next');
    await reload('the keys were reloaded');
    const body = textWebhook('Hello');
    expect((await post(url, body)).status).to.equal(401);
    expect((await post(url, body, sign(body, 'next'))).status).to.equal(200);
    expect(gateway.lines.join('\n')).to.not.match(/third|canary|-key-/);
    expect(await gateway.stop()).to.equal(0);
  });

  it('stops at once when it is told a second time', async () => {
    const openfn = await new FakeOpenFn().open();
    openfn.answer = () => undefined;
    const gateway = await new GatewayProcess({
      GATEWAY_DATA: await newDataFolder(),
      OPENFN_WEBHOOK_URL: openfn.url,
      FORWARD_TIMEOUT: '200',
    }).ready();
    await post(gateway.url, textWebhook('Hello'));
    await until(() => openfn.received.length > 0, 'forwarding');

    gateway.signal('SIGTERM');
    await until(() => gateway.lines.at(-1)?.includes('stops'), 'stopping');
    // Within a second, it may be the same signal: npx repeats that of a terminal.
    gateway.signal('SIGTERM');
    await sleep(1100);
    expect(gateway.lines.join('\n')).to.not.include('at once');
    gateway.signal('SIGINT');

    expect(await gateway.exited).to.equal(1);
    expect(gateway.lines.join('\n')).to.include('stops at once');
    await openfn.close();
  });
});
