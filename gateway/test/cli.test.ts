import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { newDataFolder } from './support/folders';
import { GatewayProcess, killGateways } from './support/processes';

describe('the program', function () {
  this.timeout(60_000);

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
});
