import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { secureFolder } from '../../src/database/folder-permissions';
import { newDataFolder, newFolder, openEmbedded } from '../support/folders';
import { GatewayProcess, killGateways } from '../support/processes';
import { rejects } from '../support/rejects';

/** PostgreSQL deletes files of its own while the folder is read: those are open to nobody. */
const modeOf = (path: string) =>
  (lstatSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o777;

/** Paths in a folder that others may read, write or enter. */
const open = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .concat(folder)
    .filter(path => (modeOf(path) & 0o077) !== 0);

describe('secureFolder', function () {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  /** Only root may give a file away. */
  function needRoot(test: Mocha.Context): void {
    if (process.getuid?.() !== 0) test.skip();
  }

  it('closes a folder and what is in it to others, and leaves the rest of the mode', () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'postgres'));
    writeFileSync(join(folder, 'postgres', 'file'), '');
    writeFileSync(join(folder, 'postgres', 'readonly'), '');
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'postgres'), 0o777);
    chmodSync(join(folder, 'postgres', 'file'), 0o666);
    chmodSync(join(folder, 'postgres', 'readonly'), 0o444);

    secureFolder(folder);

    expect(modeOf(folder)).to.equal(0o700);
    expect(modeOf(join(folder, 'postgres'))).to.equal(0o700);
    expect(modeOf(join(folder, 'postgres', 'file'))).to.equal(0o600);
    expect(modeOf(join(folder, 'postgres', 'readonly'))).to.equal(0o400);
  });

  it("refuses another user's folder, and changes nothing", function () {
    needRoot(this);
    const folder = newFolder();
    chmodSync(folder, 0o755);
    chownSync(folder, 4321, 4321);

    expect(() => secureFolder(folder))
      .to.throw(/belongs to user 4321.*chown -R 0/)
      .with.property('code', 'FOLDER_NOT_OURS');
    expect(modeOf(folder)).to.equal(0o755);
  });

  it("refuses another user's file in the folder, and names it", function () {
    needRoot(this);
    const folder = newFolder();
    const file = join(folder, 'gateway.lock');
    writeFileSync(file, '');
    chownSync(file, 4321, 4321);

    expect(() => secureFolder(folder)).to.throw(file);
  });

  it('leaves a folder alone that holds other things, and closes the store in it', () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'postgres'));
    writeFileSync(join(folder, 'another'), '');
    chmodSync(join(folder, 'another'), 0o644);
    chmodSync(join(folder, 'postgres'), 0o755);
    chmodSync(folder, 0o755);

    secureFolder(folder);

    expect(modeOf(folder)).to.equal(0o755);
    expect(modeOf(join(folder, 'another'))).to.equal(0o644);
    expect(modeOf(join(folder, 'postgres'))).to.equal(0o700);
  });

  it("takes root's folder, such as a volume, when what is in it is ours", function () {
    needRoot(this);
    const folder = newFolder();
    mkdirSync(join(folder, 'postgres'), 0o755);
    chownSync(join(folder, 'postgres'), 4321, 4321);
    chmodSync(folder, 0o777);
    const getuid = process.getuid as () => number;
    process.getuid = () => 4321;

    try {
      secureFolder(folder);
    } finally {
      process.getuid = getuid;
    }

    expect(modeOf(folder)).to.equal(0o777);
    expect(modeOf(join(folder, 'postgres'))).to.equal(0o700);
  });
});

describe('the files of the embedded store', () => {
  afterEach(killGateways);

  it('are closed to others, also in a folder that was open before', async () => {
    const folder = await newDataFolder();
    chmodSync(folder, 0o755);

    const gateway = new GatewayProcess({
      GATEWAY_DATA: folder,
      FORWARD: 'none',
    });
    await gateway.ready();

    expect(open(folder)).to.deep.equal([]);
    await gateway.stop();
  });

  it('are closed to others when they are new, beside other files too', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'another'), '');
    chmodSync(folder, 0o755);

    const database = await openEmbedded(folder);

    expect(modeOf(join(folder, 'postgres'))).to.equal(0o700);
    expect(modeOf(join(folder, 'postgres', 'PG_VERSION'))).to.equal(0o600);
    await database.close();
  });

  it('are not opened when they are of another user', async function () {
    if (process.getuid?.() !== 0) this.skip();
    const folder = await newDataFolder();
    chownSync(join(folder, 'postgres', 'PG_VERSION'), 4321, 4321);

    const error = await rejects(openEmbedded(folder), 'FOLDER_NOT_OURS');

    expect(error.message).to.include('PG_VERSION');
  });
});
