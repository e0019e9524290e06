import { expect } from 'chai';
import { reconcile, sendMessage } from '../../src/index';
import type { BroadcastResult, Operation, State } from '../../src/index';
import { rounds } from '../stress';
import {
  CREDENTIAL,
  phoneOf,
  runBroadcast,
  sendOptions,
} from './fast-broadcast';
import { listen, misbehavingServer } from './misbehaving-server';
import type { Delivery, Treatment } from './misbehaving-server';

type Person = { id: string; phone: string; text: string; baseUrl: string };

const COUNT = 5000;

// A tenth of each; who meets a closed door is in the tenth that is left.
const TREATMENTS: Treatment[] = [
  'fine',
  'slow',
  'too slow',
  'refused once',
  'refused for good',
  'broken after acceptance',
  'reset after acceptance',
  'answered with nonsense',
  'fine',
];

/** Which of ten fates each item meets. */
let dice: number[];
const dieOf = (index: number) => dice[index]!;
const treatmentOf = (index: number) => TREATMENTS[dieOf(index)] ?? 'fine';

/** Sends from the address of each person, as a job with two numbers would. */
const send: Operation = state => {
  const { id, phone, text, baseUrl } = state.data as Person;
  const configuration = { ...(state.configuration as object), baseUrl };
  const options = sendOptions(treatmentOf(Number(id)));
  return sendMessage(phone, text, options)({ ...state, configuration });
};

const isAtClosedDoor = ({ id }: Person) => dieOf(Number(id)) === 9;

for (const { seed, random } of rounds()) {
  describe(`a broadcast to a server that misbehaves (seed ${seed})`, () => {
    let result: BroadcastResult;
    let deliveries: Map<string, Delivery[]>;
    let people: Person[];
    let state: State;
    let lines: string[];
    let treat: (content: string) => Treatment;
    let end: () => void;

    const options = { key: (each: State) => (each.data as Person).id };
    const countOf = (person: Person) =>
      deliveries.get(person.text)?.length ?? 0;
    const personOf = (key: string) => people[Number(key)]!;

    before(async () => {
      dice = Array.from({ length: COUNT }, () => Math.floor(random() * 10));
      treat = content => treatmentOf(Number(content.split(' ')[1]));
      const server = misbehavingServer(content => treat(content));
      const door = await listen(server.create);
      const closed = await listen(server.create);
      closed.close();
      // It opens now and then, so that some who come again find it open.
      let isOpen = false;
      const timer = setInterval(() => {
        if (isOpen) closed.close();
        else void closed.open();
        isOpen = !isOpen;
      }, 250);
      end = () => {
        door.end();
        closed.end();
      };
      deliveries = server.deliveries;
      people = Array.from({ length: COUNT }, (_, index) => ({
        id: String(index),
        phone: phoneOf(index),
        text: `Reminder ${index}`,
        baseUrl: dieOf(index) === 9 ? closed.url : door.url,
      }));
      state = {
        configuration: CREDENTIAL,
        data: { people },
      };
      ({ result, lines } = await runBroadcast(people, send, options, state));
      clearInterval(timer);
      if (!isOpen) await closed.open();
    });

    after(() => end());

    it('delivers no message twice', () => {
      const counts = [...deliveries.values()].map(({ length }) => length);

      expect(Math.max(...counts)).to.equal(1);
    });

    it('accounts for every item, once', () => {
      const { sent, failed, unknown, remaining, summary } = result;
      const keys = [...sent, ...failed, ...unknown].map(({ key }) => key);
      const left = remaining.map(item => (item as Person).id);

      expect(new Set([...keys, ...left]).size).to.equal(COUNT);
      expect(keys.length + left.length).to.equal(COUNT);
      expect(summary).to.include({
        items: COUNT,
        sent: sent.length,
        failed: failed.length,
        unknown: unknown.length,
        remaining: remaining.length,
        skipped: 0,
        duplicates: 0,
      });
    });

    it('tells the truth in each row', () => {
      for (const { key, to, messageId } of result.sent) {
        const { text, phone } = personOf(key);
        const delivered = deliveries.get(text);
        expect(delivered).to.deep.equal([{ id: messageId, callbackData: key }]);
        expect(to).to.equal(phone);
      }
      for (const { key } of result.failed) {
        expect(countOf(personOf(key)), key).to.equal(0);
      }
      for (const item of result.remaining) {
        expect(countOf(item as Person)).to.equal(0);
      }
      for (const { error } of result.unknown) {
        expect(error).to.include({
          code: 'SEND_UNCONFIRMED',
          retryable: false,
        });
      }
    });

    it('met all that can go wrong', () => {
      const { failed, summary } = result;

      for (const person of people) {
        if (treat(person.text) !== 'refused once') continue;
        expect(countOf(person), person.text).to.equal(1);
      }
      expect(people.filter(isAtClosedDoor).some(countOf)).to.equal(true);
      expect(failed.filter(({ error }) => error.metaCode === 131026))
        .to.have.length.above(COUNT / 12)
        .and.below(COUNT / 8);
      expect(result.unknown).to.have.length.above(COUNT / 4);
      expect(summary.repeated).to.be.above(COUNT / 12);
      expect(summary.slowed).to.be.above(0);
    });

    it('writes counts into the log, and nobody’s number or text', () => {
      expect(lines.at(-1)).to.match(
        /^broadcast: \d+ sent, \d+ failed, \d+ unknown, \d+ remaining in [\d.]+ s$/,
      );
      expect(lines.length).to.be.below(40);
      expect(lines.join()).not.to.match(/Reminder|\+?1555\d|CANARY/);
    });

    it('is settled by the statuses that come', async () => {
      const statuses = [...deliveries.values()].flat().map(each => ({
        ...each,
        status: 'delivered',
      }));

      const settled = await reconcile(statuses)({ ...state, data: result });

      const { sent, unknown, summary } = settled.data as BroadcastResult;
      const delivered = people.filter(countOf).map(({ id }) => id);
      expect(sent.map(({ key }) => key)).to.have.members(delivered);
      for (const { key } of unknown) {
        expect(countOf(personOf(key))).to.equal(0);
      }
      expect(summary).to.include({
        sent: sent.length,
        unknown: unknown.length,
      });
    });

    it('goes on in another run, and still delivers nothing twice', async () => {
      treat = () => 'fine';
      const again = { ...options, skip: result };

      const { result: next } = await runBroadcast(people, send, again, state);

      const { sent, failed, unknown, remaining } = result;
      expect(next.summary).to.include({
        sent: failed.length + remaining.length,
        skipped: sent.length + unknown.length,
      });
      for (const person of people) {
        expect(countOf(person), person.text).to.be.at.most(1);
      }
    });
  });
}
