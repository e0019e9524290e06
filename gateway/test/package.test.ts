import { execFileSync, spawn } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  readFileSync,
  readdirSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { newFolder } from './support/folders';
import { KEY, VERIFY_TOKEN } from './support/gateways';
import { SECRET, newId, post, textWebhook } from './support/payloads';
import { storedIds } from './support/stored';
import { until } from './support/waiting';

const GATEWAY = fileURLToPath(new URL('..', import.meta.url));
const PACKAGE = 'node_modules/@openfn/whatsapp-gateway';

type Manifest = { version: string };

/** An empty folder with nothing but the package, installed from its tarball. */
function install(): string {
  const folder = newFolder();
  const options = { encoding: 'utf8', stdio: 'pipe' } as const;
  const packed = execFileSync(
    'npm',
    ['pack', '--json', '--pack-destination', folder],
    { ...options, cwd: GATEWAY },
  );
  const [, filename] = /"filename": "([^"]+)"/.exec(packed) ?? [];
  execFileSync('npm', ['init', '--yes'], { ...options, cwd: folder });
  execFileSync(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${filename}`],
    { ...options, cwd: folder },
  );
  return folder;
}

describe('the package, installed in an empty folder', () => {
  let folder: string;
  const ends: (() => void)[] = [];

  before(function () {
    folder = install();
  });

  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  function run(command: string, args: string[]) {
    const log = join(newFolder(), 'log');
    const child = spawn(command, args, {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        WHATSAPP_VERIFY_TOKEN: VERIFY_TOKEN,
        WHATSAPP_APP_SECRET: SECRET,
        GATEWAY_KEY: KEY,
        FORWARD: 'none',
        PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.pipe(createWriteStream(log));
    ends.push(() => child.kill('SIGKILL'));
    const exited = new Promise<number | null>(resolve =>
      child.once('exit', resolve),
    );
    const logged = () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
    const url = () =>
      until(() => /"url":"([^"]+)"/.exec(logged())?.[1], 'start');
    return { child, exited, url, logged };
  }

  it('tells its version, and holds the licenses and the files to deploy it', () => {
    const { version } = JSON.parse(
      readFileSync(join(GATEWAY, 'package.json'), 'utf8'),
    ) as Manifest;

    const told = execFileSync('npx', ['openfn-whatsapp-gateway', '--version'], {
      cwd: folder,
      encoding: 'utf8',
    });

    expect(told.trim()).to.equal(version);
    const deploy = readdirSync(join(GATEWAY, 'deploy'));
    for (const file of [
      ...['README.md', 'LICENSE', 'LICENSE.LESSER'],
      ...deploy.map(name => join('deploy', name)),
    ]) {
      expect(existsSync(join(folder, PACKAGE, file)), file).to.equal(true);
    }
  });

  it('shakes hands, stores a webhook, and stops when npx or it gets SIGTERM', async () => {
    const id = newId();
    const byNpx = run('npx', ['openfn-whatsapp-gateway']);
    const url = await byNpx.url();
    const query = new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.challenge': '1158201444',
      'hub.verify_token': VERIFY_TOKEN,
    });

    const handshake = await fetch(`${url}/webhook?${query}`);
    expect(await handshake.text()).to.equal('1158201444');
    expect((await post(url, textWebhook('Hello', { id }))).status).to.equal(
      200,
    );

    byNpx.child.kill('SIGTERM');
    await until(
      () =>
        fetch(`${url}/healthz`).then(
          () => false,
          () => true,
        ),
      'stopping',
    );

    const alone = run(process.execPath, [join(PACKAGE, 'dist/cli.js')]);
    expect(await storedIds(await alone.url())).to.deep.equal([id]);
    alone.child.kill('SIGTERM');
    expect(await alone.exited).to.equal(0);
  });
});
