import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { message, status, webhook } from '../support/payloads';
import { GatewayProcess, killGateways } from '../support/processes';
import { routesFile } from '../support/routes';

describe('check-routes', function () {
  this.timeout(60_000);

  afterEach(killGateways);

  const run = async (args: string[], environment = {}) => {
    const command = new GatewayProcess(environment, ['check-routes', ...args]);
    const code = await command.exited;
    return { code, output: command.output, errors: command.errors };
  };

  const GOOD = routesFile([
    {
      name: 'all',
      url: 'https://a.example',
      match: { kinds: 'all' },
      continue: true,
    },
    {
      name: 'reports',
      url: 'https://b.example/i/secret',
      match: { keywords: 'report' },
    },
  ]);

  it('lists the routes, without their URLs', async () => {
    const { code, output } = await run([], { ROUTES_FILE: GOOD });

    expect(code).to.equal(0);
    expect(output)
      .to.include('2. reports: messages; keywords report to b.example')
      .and.not.include('secret');
  });

  it('says where the events of a webhook would go, without their words', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'routes-')), 'webhook.json');
    const messages = [message('Report canary'), message('Hello')];
    const statuses = [status('w', 'sent')];
    writeFileSync(file, JSON.stringify(webhook({ messages, statuses })));

    const { code, output } = await run([GOOD, '--message', file]);

    expect(code).to.equal(0);
    expect(output).to.include('event 1 (messages text): all, reports');
    expect(output).to.include('event 2 (messages text): all\n');
    expect(output).to.include('event 3 (statuses): all');
    expect(output).not.to.include('canary');
  });

  it('says everything that is wrong', async () => {
    const bad = routesFile([{ name: 'a', uri: 'x' }, { name: 'a b' }]);

    const { code, errors } = await run([bad]);

    expect(code).to.equal(1);
    expect(errors).to.include('Did you mean url?').and.include('[1].name');
  });

  it('asks for a file, and for a webhook that can be read', async () => {
    expect((await run([])).errors).to.include('OPTION_MISSING');
    const { code, errors } = await run([GOOD, '--message', GOOD]);

    expect(code).to.equal(1);
    expect(errors).to.include('INVALID_OPTION');
  });
});
