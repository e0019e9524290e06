import { expect } from 'chai';
import { rounds } from '../../../test/stress';
import { newDataFolder } from '../support/folders';
import { FakeOpenFn } from '../support/openfn';
import { newId, post, textWebhook } from '../support/payloads';
import { newPostgresUrl } from '../support/postgres';
import { GatewayProcess, killGateways } from '../support/processes';
import { storedIds } from '../support/stored';
import { idsIn, newIds, sendUntilTaken } from '../support/traffic';
import { sleep, until } from '../support/waiting';

const KILLS = 8;

describe('a move under traffic of which gateway and command are killed', () => {
  afterEach(killGateways);

  for (const { seed, random } of rounds()) {
    it(`loses nothing, and ends at last (seed ${seed})`, async function () {
      const DATABASE_URL = await newPostgresUrl(this);
      const GATEWAY_DATA = await newDataFolder();
      const openfn = await new FakeOpenFn().open();
      const run = (args: string[], store = {}) =>
        new GatewayProcess(
          { GATEWAY_DATA, OPENFN_WEBHOOK_URL: openfn.url, ...store },
          args,
        );
      const beginMove = (url: string) =>
        run(['move', '--to', DATABASE_URL, '--gateway', url]);
      let isMoved = false;
      /** On the folder until it is moved, then on the database. */
      const start = async () => {
        const old = run([]);
        const error = await old.ready().then(
          () => undefined,
          (thrown: Error) => thrown,
        );
        if (error === undefined) return old;
        expect(error.message).to.include('FOLDER_MOVED');
        isMoved = true;
        // It may have been killed before the database heard of it.
        const finishing = run(['move', '--to', DATABASE_URL]);
        expect(await finishing.exited, finishing.errors).to.equal(0);
        return run([], { DATABASE_URL }).ready();
      };

      let gateway = await start();
      const stored = newIds(1000);
      await sendUntilTaken([gateway.url], stored);
      let isOver = false;
      let refused = 0;
      const lane = async () => {
        while (!isOver) {
          const id = newId();
          const body = textWebhook('Hello', { id });
          await until(async () => {
            const answer = await post(gateway.url, body).catch(() => undefined);
            if (answer?.status === 503) refused += 1;
            return answer?.status === 200;
          }, 'storing');
          stored.push(id);
        }
      };
      const lanes = Promise.all([lane(), lane(), lane(), lane()]);

      let kills = 0;
      for (; kills < KILLS && !isMoved; kills++) {
        const command = beginMove(gateway.url);
        const begun = () => command.output.includes('is being moved');
        let isGone = false;
        void command.exited.then(() => (isGone = true));
        await until(() => begun() || isGone, 'beginning');
        await sleep(random() * 4_000);
        if (random() < 0.3) {
          await command.kill();
          await sleep(random() * 500);
          continue;
        }
        await gateway.kill();
        await command.exited;
        gateway = await start();
      }
      for (let i = 0; i < 20 && !isMoved; i++) {
        const command = beginMove(gateway.url);
        isMoved = (await command.exited) === 0;
        // A killed command may not have been noticed yet.
        if (!isMoved) expect(command.errors).to.include('MOVE_RUNNING');
        await sleep(isMoved ? 0 : 1000);
      }
      isOver = true;
      await lanes;

      const kept = await storedIds(gateway.url);
      await until(() => {
        const arrived = new Set(idsIn(openfn.bodies));
        return stored.every(id => arrived.has(id));
      }, 'forwarding');
      const arrived = idsIn(openfn.bodies);
      const repeated = arrived.length - new Set(arrived).size;
      console.log(
        `      ${stored.length} acknowledged, ${kills} kills: 0 lost, ${repeated} forwarded again, ${refused} times answered 503`,
      );
      expect(isMoved).to.equal(true);
      expect(new Set(kept).size).to.equal(kept.length);
      const all = new Set(kept);
      expect(stored.filter(id => !all.has(id))).to.deep.equal([]);
      // What was on its way, and not yet noted, at each kill.
      expect(repeated).to.be.at.most(100 * (kills + 1));
      await gateway.stop();
      await openfn.close();
    });
  }
});
