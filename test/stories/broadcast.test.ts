import { expect } from 'chai';
import {
  broadcast,
  combine,
  fn,
  fnIf,
  markAsRead,
  request,
  sendMedia,
  sendMessage,
  sendTemplate,
} from '../../src/index';
import type {
  BroadcastOptions,
  BroadcastProgress,
  BroadcastResult,
  Operation,
  State,
} from '../../src/index';
import type { Simulator } from '../../simulator/src/index';
import { collectLogs } from '../quiet';
import { rejects } from '../rejects';
import { onSimulator } from './on-simulator';

type Patient = { id: string; phone: string; name: string };

const patients = (count: number): Patient[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `P-${index}`,
    phone: `+1 202 555 ${1000 + index}`,
    name: `Name ${index}`,
  }));

// What OpenFn's compiler makes of `$.data.phone`.
const phone = ({ data }: State) => (data as Patient).phone;
const name = ({ data }: State) => (data as Patient).name;
const id = ({ data }: State) => (data as Patient).id;

const remind = sendMessage(phone, s => `Dear ${name(s)}, come tomorrow.`);
const FAST = { rate: 1000 };
// A number that asks the simulator for an error.
const asking = (code: number) => `+1555 01 ${String(code).padStart(6, '0')}`;

describe('broadcast', () => {
  const world = onSimulator();
  let simulator: Simulator;
  let state: State;

  beforeEach(() => {
    simulator = world.simulator();
    state = {
      ...world.state(),
      data: { patients: patients(5) },
      references: [{ before: true }],
      settings: { rate: 500 },
    };
  });

  const quietly = async (operation: Operation) =>
    (await collectLogs(() => operation(state))).result;
  const run = async (
    items: unknown,
    operation: Operation = remind,
    options: BroadcastOptions | ((state: State) => BroadcastOptions) = FAST,
  ) =>
    (await quietly(broadcast(items as never, operation, options)))
      .data as BroadcastResult;
  const bodies = () =>
    simulator.requests.map(({ rawBody }) => JSON.parse(rawBody));
  const received = () => simulator.transcript().map(({ id }) => id);

  it('runs the operation for each item, with the item as state.data', async () => {
    const { sent, summary } = await run(patients(5));

    expect(sent.map(({ key: _, ...row }) => row)).to.deep.equal(
      patients(5).map(({ phone }, index) => ({
        to: phone,
        messageId: received().find(id => id === sent[index]?.messageId),
      })),
    );
    expect(bodies().map(({ text }) => text.body)).to.have.members(
      patients(5).map(({ name }) => `Dear ${name}, come tomorrow.`),
    );
    expect(summary).to.include({ items: 5, sent: 5, remaining: 0 });
    expect(summary).not.to.have.property('stopped');
  });

  it('adds one reference, and keeps the rest of state', async () => {
    const next = await quietly(broadcast(patients(20), remind, FAST));

    const { data: _, references, ...rest } = next;
    const { data, references: before, ...others } = state;
    expect(references).to.deep.equal([...before!, data]);
    expect(rest).to.deep.equal(others);
  });

  it('gives an item an index, no references, and what else is on state', async () => {
    const seen: State[] = [];
    const look: Operation = async each => {
      seen.push(each);
      return remind(each);
    };

    await run(patients(2), look);

    const { configuration, settings } = state;
    expect(seen).to.deep.equal(
      patients(2).map((data, index) => ({
        configuration,
        settings,
        data,
        index,
        references: [],
      })),
    );
  });

  describe('takes its items', () => {
    const forms: [string, unknown][] = [
      ['from a list', patients(5)],
      ['from a function of state', (s: State) => (s.data as any).patients],
      ['from a JSONPath of items', '$.data.patients[*]'],
      ['from a JSONPath of a list', '$.data.patients'],
    ];
    for (const [form, items] of forms) {
      it(form, async () => {
        expect((await run(items)).sent).to.have.length(5);
      });
    }

    it('and does nothing for an empty list', async () => {
      const { summary } = await run([]);

      expect(summary).to.include({ items: 0, sent: 0, perSecond: 0 });
    });

    for (const path of ['$..apiToken', '$.configuration', '$.data.patients']) {
      it(`and never evaluates what a function gives: ${path}`, () =>
        rejects(
          run(() => path),
          { code: 'INVALID_ITEMS' },
        ));
    }

    for (const path of ['$..apiToken', '$.configuration', '$.*.apiToken']) {
      it(`and finds nothing of the credential with ${path}`, async () => {
        expect((await run(path)).summary).to.include({ items: 0 });
      });
    }

    for (const items of [undefined, {}, 7]) {
      it(`and refuses ${JSON.stringify(items)}`, () =>
        rejects(run(items), { code: 'INVALID_ITEMS' }));
    }

    for (const path of [
      '$.data.patients[?(@.phone',
      '$.data[?(@.nothing.phone)]',
      '@.patients',
      '$^',
    ]) {
      it(`and refuses the JSONPath ${path}, which is none or fails`, async () => {
        const error = await rejects(run(path), { code: 'INVALID_ITEMS' });

        expect(error.description).to.contain('JSONPath');
      });
    }

    it('and refuses a list that fails when it is read', async () => {
      const fail = () => {
        throw new Error('cannot be read');
      };
      const items = Object.defineProperty([], 0, { get: fail });

      const error = await rejects(run(items), { code: 'INVALID_ITEMS' });

      expect(error.description).to.contain('cannot be read');
    });

    it('and refuses more than a million items', async () => {
      const error = await rejects(
        run(() => new Array(1_000_001)),
        { code: 'INVALID_ITEMS' },
      );

      expect(error.description).to.contain('1000001 items');
    });
  });

  describe('names an item by its key', () => {
    const keysOf = async (options: unknown, items: unknown = patients(3)) =>
      (await run(items, remind, options as never)).sent.map(({ key }) => key);
    const ids = ['P-0', 'P-1', 'P-2'];

    it('read with the item, when the options are one function, as compiled', async () => {
      const compiled = (s: State) => ({
        key: id(s),
        rate: (s['settings'] as { rate: number }).rate,
      });

      expect(await keysOf(compiled)).to.deep.equal(ids);
    });

    it('also where each half reads what the other does not have', async () => {
      const items = patients(3).map(({ id, ...rest }) => ({
        ...rest,
        visit: { id },
      }));
      state.data = { settings: { rate: 500, done: ['P-1'] } };
      const compiled = ({ data }: any) => ({
        key: `${data.visit.id}`,
        rate: data.settings.rate,
        skip: data.settings.done,
      });

      expect(await keysOf(compiled, items)).to.deep.equal(['P-0', 'P-2']);
    });

    it('and takes no part of a key for the whole', async () => {
      const items = patients(3).map(patient => ({
        ...patient,
        ...(patient.id === 'P-2' && { visit: { id: 7 } }),
      }));
      const compiled = ({ data }: any) => ({ key: `visit-${data.visit.id}` });

      const { sent, failed } = await run(items, remind, compiled as never);

      expect(sent.map(({ key }) => key)).to.deep.equal(['visit-7']);
      expect(failed.map(({ error }) => error.code)).to.deep.equal([
        'INVALID_KEY',
        'INVALID_KEY',
      ]);
    });

    it('from a function of state', async () => {
      expect(await keysOf({ ...FAST, key: id })).to.deep.equal(ids);
    });

    it('from a function of the item', async () => {
      const key = (item: Patient) => item.id;

      expect(await keysOf({ ...FAST, key })).to.deep.equal(ids);
    });

    it('from a function of the item, whose own index wins', async () => {
      const items = patients(2).map((patient, i) => ({
        ...patient,
        index: 7 + i,
      }));
      const key = ({ index }: { index: number }) => index;

      expect(await keysOf({ ...FAST, key }, items)).to.deep.equal(['7', '8']);
    });

    it('which is a hash of recipient and content by default, the same in each run', async () => {
      const items = patients(3);
      const first = await keysOf(FAST, items);
      const again = await keysOf(FAST, items);
      const changed = await keysOf(FAST, [
        { ...items[0], name: 'Other' },
        { ...items[1], phone: '+1 202 555 2222' },
        { ...items[2], unused: true },
      ]);

      expect(new Set(first).size).to.equal(3);
      expect(again).to.deep.equal(first);
      expect(changed[0]).not.to.equal(first[0]);
      expect(changed[1]).not.to.equal(first[1]);
      expect(changed[2]).to.equal(first[2]);
      expect(first.join()).to.match(/^[0-9a-f,]+$/);
    });

    it('and gives it to the message as its callback data', async () => {
      const { sent } = await run(patients(3));

      expect(
        bodies().map(body => body.biz_opaque_callback_data),
      ).to.have.members(sent.map(({ key }) => key));
    });

    it('but leaves callback data alone that the job gave', async () => {
      const options = { callbackData: 'mine' };
      const { sent } = await run(
        patients(1),
        sendMessage(phone, 'Hi', options),
        { key: id },
      );

      expect(sent[0]?.key).to.equal('P-0');
      expect(bodies()[0].biz_opaque_callback_data).to.equal('mine');
    });

    it('and sends the same key once, and counts it', async () => {
      const [first, second] = patients(2);
      const { sent, summary } = await run([first, second, first], remind, {
        ...FAST,
        key: id,
      });

      expect(sent).to.have.length(2);
      expect(summary).to.include({ items: 3, sent: 2, duplicates: 1 });
      expect(received()).to.have.length(2);
    });

    it('and finds the same message twice without a key, however the number is written', async () => {
      const [first] = patients(1);
      const items = [first, { ...first, phone: '12025551000' }];

      const { summary } = await run(items);

      expect(summary).to.include({ sent: 1, duplicates: 1 });
      expect(received()).to.have.length(1);
    });

    it('and fails an item without one, not the others', async () => {
      const items = [...patients(2), { phone: '+1 202 555 9999', name: 'x' }];

      const { sent, failed } = await run(items, remind, { ...FAST, key: id });

      expect(sent).to.have.length(2);
      expect(failed.map(({ error }) => error.code)).to.deep.equal([
        'INVALID_KEY',
      ]);
    });

    for (const [form, options] of [
      ['', { key: 'id' }],
      [
        ', as compiled too',
        ({ settings }: any) => ({ key: 'id', rate: settings.rate }),
      ],
    ] as const) {
      it(`and refuses one that all items would share${form}`, () =>
        rejects(run(patients(2), remind, options), {
          code: 'INVALID_OPTIONS',
        }));
    }
  });

  describe('leaves out what was done before', () => {
    const skipping = async (skip: unknown) => {
      const { summary } = await run(patients(5), remind, {
        ...FAST,
        key: id,
        skip,
      });
      return [summary.sent, summary.skipped];
    };

    it('named by keys', async () => {
      expect(await skipping(['P-0', 'P-3', 'other'])).to.deep.equal([3, 2]);
    });

    it('named by rows', async () => {
      expect(await skipping([{ key: 'P-0' }])).to.deep.equal([4, 1]);
    });

    it('named by statuses', async () => {
      const statuses = [{ id: 'wamid.1', status: 'sent', callbackData: 'P-0' }];

      expect(await skipping(statuses)).to.deep.equal([4, 1]);
    });

    it('named by an earlier result, of which sent and unknown count', async () => {
      const earlier = {
        sent: [{ key: 'P-0' }],
        unknown: [{ key: 'P-1' }],
        failed: [{ key: 'P-2' }],
      };

      expect(await skipping(earlier)).to.deep.equal([3, 2]);
      expect(await skipping([earlier, ['P-4']])).to.deep.equal([2, 3]);
    });

    it('of which what failed halfway counts: its first message is out', async () => {
      const halves = combine(
        remind,
        sendMessage(asking(131026), 'Two'),
      ) as Operation;
      const options = { ...FAST, perRecipient: 0, key: id };
      const first = await run(patients(2), halves, options);

      const { summary } = await run(patients(2), halves, {
        ...options,
        skip: first,
      });

      expect(first.failed).to.have.length(2);
      expect(summary).to.include({ sent: 0, skipped: 2 });
    });

    it('named by webhooks that were parsed', async () => {
      const statuses = [
        { id: 'wamid.1', status: 'sent', callbackData: 'P-0' },
        { id: 'wamid.2', status: 'read' },
      ];

      expect(
        await skipping({ messages: [], statuses, unknown: [] }),
      ).to.deep.equal([4, 1]);
    });

    const status = (id: string, key: string, name: string, more = {}) => ({
      id,
      status: name,
      biz_opaque_callback_data: key,
      timestamp: '1767600000',
      recipient_id: '15550100100',
      ...more,
    });
    const webhook = (...statuses: object[]) => {
      const change = { field: 'messages', value: { statuses } };
      return { entry: [{ id: '1', changes: [change] }] };
    };

    it('named by webhooks as Meta sends them', async () => {
      const first = webhook(status('wamid.1', 'P-0', 'sent'));
      const second = webhook(status('wamid.2', 'P-3', 'read'));

      expect(await skipping(first)).to.deep.equal([4, 1]);
      expect(await skipping([first, second])).to.deep.equal([3, 2]);
    });

    it('named by statuses in the words of Meta', async () => {
      const statuses = [status('wamid.1', 'P-0', 'sent')];

      expect(await skipping(statuses)).to.deep.equal([4, 1]);
    });

    it('named by the status that getMessageStatus leaves', async () => {
      const report = {
        id: 'wamid.1',
        status: 'delivered',
        callbackData: 'P-0',
        history: [{ status: 'sent' }],
        source: 'gateway',
      };

      expect(await skipping([report])).to.deep.equal([4, 1]);
    });

    it('named by what Collections kept', async () => {
      const value = { id: 'wamid.1', status: 'sent', callbackData: 'P-0' };

      expect(await skipping([{ key: 'wamid.1-sent', value }])).to.deep.equal([
        4, 1,
      ]);
    });

    it('but sends again what failed in the end, in whatever order it was told', async () => {
      const failed = status('wamid.1', 'P-0', 'failed');
      const sent = status('wamid.1', 'P-0', 'sent');

      for (const statuses of [[failed], [sent, failed], [failed, sent]]) {
        expect(await skipping(statuses)).to.deep.equal([5, 0]);
        simulator.reset();
      }
      expect(await skipping([webhook(sent), webhook(failed)])).to.deep.equal([
        5, 0,
      ]);
    });

    it('and not what failed once and was sent another time, or failed for one of a group', async () => {
      const failed = status('wamid.1', 'P-0', 'failed');
      const member = { recipient_type: 'group' };

      expect(
        await skipping([failed, status('wamid.2', 'P-0', 'sent')]),
      ).to.deep.equal([4, 1]);
      simulator.reset();
      expect(
        await skipping(
          webhook(
            status('wamid.1', 'P-0', 'failed', {
              ...member,
              recipient_participant_id: '15550100101',
            }),
            status('wamid.1', 'P-0', 'delivered', {
              ...member,
              recipient_participant_id: '15550100102',
            }),
          ),
        ),
      ).to.deep.equal([4, 1]);
    });

    for (const [form, skip] of [
      ['a Set', new Set(['P-0'])],
      ['an object', { 'P-0': true }],
      ['a list of items', [{ id: 'P-0' }]],
      ['a list of nothing', [undefined]],
      ['true', true],
    ] as const) {
      it(`and refuses ${form}, which would send all of it again`, async () => {
        await rejects(skipping(skip), { code: 'INVALID_OPTIONS' });
        expect(received()).to.have.length(0);
      });
    }

    it('also by the default key', async () => {
      const { sent } = await run(patients(5));

      const { summary } = await run(patients(6), remind, {
        ...FAST,
        skip: sent,
      });

      expect(summary).to.include({ sent: 1, skipped: 5 });
      expect(received()).to.have.length(6);
    });
  });

  describe('lists what it skipped, and why', () => {
    const sendsToAdults = fnIf(
      (({ data }: State) => (data as { age: number }).age >= 18) as never,
      remind as never,
    ) as Operation;
    const withAges = patients(4).map((patient, index) => ({
      ...patient,
      age: index % 2 ? 30 : 3,
    }));
    const tell = ({ skipped }: BroadcastResult) =>
      skipped.map(({ key, reason }) => [key, reason]);

    it('an item whose operation sent nothing', async () => {
      const { sent, skipped, summary } = await run(withAges, sendsToAdults, {
        ...FAST,
        key: id,
      });

      expect(sent.map(({ key }) => key)).to.deep.equal(['P-1', 'P-3']);
      expect(skipped).to.deep.equal([
        { key: 'P-0', reason: 'NOTHING_SENT' },
        { key: 'P-2', reason: 'NOTHING_SENT' },
      ]);
      expect(summary).to.include({ items: 4, sent: 2, skipped: 2 });
    });

    it('an item whose operation only uploaded or asked for something', async () => {
      const items = patients(2).map(({ id }) => id);
      const look = combine(
        request('GET', '/100000000000001'),
        fn((s: State) => s),
      ) as Operation;

      expect(
        tell(
          await run(items, look, { ...FAST, key: ({ data }: State) => data }),
        ),
      ).to.deep.equal([
        ['P-0', 'NOTHING_SENT'],
        ['P-1', 'NOTHING_SENT'],
      ]);
    });

    it('an item whose message was refused is failed, also when the job caught the error', async () => {
      const items = patients(2);
      items[0]!.phone = asking(131026);
      const quiet: Operation = each => remind(each).catch(() => each);

      const { sent, failed, skipped } = await run(items, quiet);

      expect(sent).to.have.length(1);
      expect(failed).to.have.length(1);
      expect(skipped).to.deep.equal([]);
    });

    for (const [form, key] of [
      ['by a key of the job', id],
      ['by the message', undefined],
    ] as const) {
      it(`done before, and duplicate, known ${form}`, async () => {
        const options = { ...FAST, ...(key && { key }) };
        const [first, second, third] = patients(3);
        const earlier = await run([first], remind, options);

        const result = await run([first, second, second, third], remind, {
          ...options,
          skip: earlier,
        });

        const { sent, summary } = result;
        expect(tell(result)).to.deep.equal([
          [earlier.sent[0]!.key, 'IN_SKIP'],
          [sent[0]!.key, 'DUPLICATE'],
        ]);
        expect(summary).to.include({ items: 4, sent: 2, skipped: 2 });
      });
    }

    it('and tries again in the next run what had nothing to send', async () => {
      const options = { ...FAST, key: id };
      const first = await run(withAges, sendsToAdults, options);
      const grown = withAges.map(each => ({ ...each, age: 20 }));

      const next = await run(grown, sendsToAdults, { ...options, skip: first });

      expect(next.sent.map(({ key }) => key)).to.deep.equal(['P-0', 'P-2']);
      expect(tell(next)).to.deep.equal([
        ['P-1', 'IN_SKIP'],
        ['P-3', 'IN_SKIP'],
      ]);
    });

    it('and leaves out in a third run what the second had left out', async () => {
      const options = { ...FAST, key: id };
      const first = await run(patients(2), remind, options);
      const second = await run(patients(3), remind, {
        ...options,
        skip: first,
      });

      const third = await run(patients(4), remind, {
        ...options,
        skip: second,
      });

      expect(third.sent.map(({ key }) => key)).to.deep.equal(['P-3']);
      expect(received()).to.have.length(4);
    });

    it('also in the log', async () => {
      const { lines } = await collectLogs(() =>
        broadcast([...withAges, withAges[1]], sendsToAdults, FAST)(state),
      );

      expect(lines.at(-1)).to.match(
        /^broadcast: 2 sent, 0 failed, 0 unknown, 0 remaining, 3 skipped in [\d.]+ s$/,
      );
    });
  });

  describe('goes on after a failure', () => {
    it('of one person, whose row has the error in words', async () => {
      const items = patients(4);
      items[1]!.phone = asking(131026);

      const { sent, failed, summary } = await run(items);

      expect(sent).to.have.length(3);
      expect(failed).to.have.length(1);
      const [row] = failed;
      expect(row).to.include({ to: items[1]!.phone });
      expect(row).to.have.all.keys('key', 'to', 'error');
      expect(row?.error).to.include({
        code: 'RECIPIENT_REFUSED',
        metaCode: 131026,
        retryable: false,
      });
      const { description, fix } = row!.error;
      expect(summary.failures).to.deep.equal([
        {
          code: 'RECIPIENT_REFUSED',
          metaCode: 131026,
          count: 1,
          description,
          fix,
        },
      ]);
    });

    it('of input that is refused before anything is sent', async () => {
      const items = patients(3);
      items[1]!.phone = '0712 345 678';

      const { sent, failed } = await run(items);

      expect(sent).to.have.length(2);
      expect(failed[0]?.error.code).to.equal('INVALID_RECIPIENT');
    });

    it('of something else that is not there, such as a media', async () => {
      const items = patients(3).map((patient, index) => ({
        ...patient,
        path: index === 0 ? '/404404404' : '/100000000000001',
      }));
      const both = combine(
        fn((s: State) => ({ ...s, patient: s.data })),
        request('GET', s => (s.data as { path: string }).path),
        sendMessage(s => (s['patient'] as Patient).phone, 'Hi'),
      ) as Operation;

      const { sent, failed } = await run(items, both, {
        ...FAST,
        concurrency: 1,
      });

      expect(failed.map(({ error }) => error.metaCode)).to.deep.equal([100]);
      expect(sent).to.have.length(2);
    });

    it('of the job’s own code', async () => {
      const { sent, failed } = await run([...patients(2), null], remind);

      expect(sent).to.have.length(2);
      expect(failed[0]?.error).to.include({
        code: 'OPERATION_FAILED',
        retryable: false,
      });
    });

    for (const reason of [undefined, null]) {
      it(`of the job’s own code that gives ${reason} as the reason`, async () => {
        const { sent, failed } = await run(patients(1), () =>
          Promise.reject(reason as never),
        );

        expect(sent).to.deep.equal([]);
        expect(failed[0]?.error).to.include({ code: 'OPERATION_FAILED' });
      });
    }

    it('of the job’s own code after the message went out, which stays sent', async () => {
      const { sent, failed } = await run(
        patients(2),
        combine(
          remind,
          fn(() => {
            throw new Error('late');
          }),
        ) as Operation,
      );

      expect(failed).to.have.length(0);
      expect(sent).to.have.length(2);
      expect(sent[0]).to.have.property('messageId');
      expect(sent[0]?.error?.description).to.contain('late');
    });

    it('and keeps what nobody knows apart, without sending it again', async () => {
      simulator.fault({ times: 1, reset: 'after' });

      const { sent, unknown } = await run(patients(3));

      expect(sent).to.have.length(2);
      expect(unknown).to.have.length(1);
      expect(unknown[0]?.error).to.include({
        code: 'SEND_UNCONFIRMED',
        retryable: false,
      });
      expect(received()).to.have.length(3);
    });
  });

  describe('stops when an error hits everyone', () => {
    for (const code of [
      0, 3, 10, 190, 200, 210, 368, 131005, 131031, 131037, 131042, 131048,
      133010,
    ]) {
      it(`like ${code}`, async () => {
        simulator.fault({ times: 1000, code });
        const items = patients(100);

        const { sent, failed, remaining, summary } = await run(items, remind, {
          ...FAST,
          concurrency: 5,
        });

        expect(simulator.requests.length).to.be.at.most(5);
        expect([...sent, ...failed]).to.deep.equal([]);
        expect(remaining).to.deep.equal(items);
        expect(summary.stopped).to.include({ metaCode: code });
        expect(summary.stopped?.fix).not.to.equal('');
      });
    }

    it('and goes on in the next run with what remained', async () => {
      const first = await run(patients(10), remind, {
        ...FAST,
        concurrency: 1,
        onProgress: ({ done }: BroadcastProgress) => {
          if (done === 4) simulator.fault({ times: 1, code: 190 });
        },
      });

      const second = await run(first.remaining);

      expect(first.summary).to.include({ sent: 4, remaining: 6 });
      expect(second.summary).to.include({ sent: 6, remaining: 0 });
      expect(received()).to.have.length(10);
    });

    it('and fails the run when the credential lacks what every send needs', async () => {
      state.configuration = { baseUrl: simulator.url, phoneNumberId: '1' };

      await rejects(run(patients(3)), { code: 'CONFIGURATION_MISSING' });
    });

    it('like a server that asks for a longer wait than there is time', async () => {
      simulator.fault({
        times: 1000,
        code: 80007,
        headers: { 'retry-after': '3600' },
      });

      const { remaining, summary } = await run(patients(10), remind, {
        ...FAST,
        concurrency: 2,
      });

      expect(remaining).to.have.length(10);
      expect(summary.stopped).to.include({ code: 'RATE_LIMITED' });
      expect(simulator.requests.length).to.be.at.most(2);
    });
  });

  describe('holds back a template that cannot be sent', () => {
    const visit = sendTemplate(
      phone,
      s => (s.data as { template: string }).template,
      [name as never],
    );
    const items = patients(30).map((patient, index) => ({
      ...patient,
      phone: index % 2 ? patient.phone : asking(132001),
      template: index % 2 ? 'visit_sw' : 'visit_en',
    }));

    it('and sends the others', async () => {
      const { sent, failed, remaining, summary } = await run(items, visit, {
        ...FAST,
        concurrency: 1,
      });

      expect(sent).to.have.length(15);
      expect(failed).to.deep.equal([]);
      expect(remaining).to.deep.equal(items.filter((_, index) => !(index % 2)));
      expect(summary.stopped).to.include({ metaCode: 132001 });
      // The first has asked for all of its template.
      expect(simulator.requests).to.have.length(16);
    });

    it('which is not the reason when the time was over for others', async () => {
      simulator.fault({ times: 1, code: 132001 });
      simulator.fault({ times: 1000, delay: 150 });

      const { remaining, summary } = await run(items, visit, {
        ...FAST,
        concurrency: 2,
        deadline: 300,
      });

      expect(remaining.length).to.be.above(3);
      expect(summary.stopped).to.include({ code: 'DEADLINE' });
    });

    it('nor when an error hits everyone', async () => {
      const all = items.map((item, index) => ({
        ...item,
        ...(index === 5 && { phone: asking(190) }),
      }));

      const { summary } = await run(all, visit, { ...FAST, concurrency: 1 });

      expect(summary.stopped).to.include({ metaCode: 190 });
    });

    it('unless the job sends something else instead', async () => {
      const insist: Operation = each =>
        visit(each).catch(error => {
          expect(error).to.include({ metaCode: 132001 });
          return sendMessage('+1 202 555 7777', name)(each);
        });

      const { sent, remaining } = await run(items, insist, {
        ...FAST,
        concurrency: 1,
        perRecipient: 0,
      });

      expect(sent).to.have.length(30);
      expect(remaining).to.deep.equal([]);
    });
  });

  describe('checks a template', () => {
    const template = (values: unknown[]) =>
      sendTemplate(phone, 'vaccination_day', values as never, { check: true });
    const calls = () => simulator.requests.map(({ method }) => method);

    it('once for all, and sends nobody what does not fit', async () => {
      const { sent, remaining, summary } = await run(
        patients(20),
        template([]),
      );

      expect(sent).to.deep.equal([]);
      expect(remaining).to.have.length(20);
      expect(summary.stopped).to.include({ code: 'TEMPLATE_MISMATCH' });
      expect(calls()).to.deep.equal(['GET']);
    });

    const some = sendTemplate(
      phone,
      'vaccination_day',
      (({ data, index }: State) =>
        index === 2
          ? { name: name({ data }) }
          : { name: name({ data }), date: '3 May' }) as never,
      { check: true },
    );

    it('and fails alone whom it does not fit, when it fits others', async () => {
      const { sent, failed } = await run(patients(20), some);

      expect(sent).to.have.length(19);
      expect(failed.map(({ error }) => error.code)).to.deep.equal([
        'TEMPLATE_MISMATCH',
      ]);
    });

    it('of all in a dry run', async () => {
      const { failed, messages } = await run(patients(20), some, {
        ...FAST,
        dryRun: true,
      });

      expect(messages).to.have.length(19);
      expect(failed).to.have.length(1);
    });
  });

  describe('keeps the pace', () => {
    it('that Meta asks for: what was refused is repeated, and all go slower', async () => {
      simulator.fault({ times: 3, code: 130429 });

      const { sent, summary } = await run(
        patients(10),
        sendMessage(phone, 'Hi', { retry: { delay: 10, attempts: 9 } }),
      );

      expect(sent).to.have.length(10);
      expect(summary.repeated).to.equal(3);
      expect(summary.slowed).to.equal(1);
    });

    it('when nearly all is used up that Meta allows', async () => {
      const usage = { 1: [{ call_count: 97, total_time: 3 }] };
      simulator.fault({
        headers: { 'x-business-use-case-usage': JSON.stringify(usage) },
      });

      const { sent, summary } = await run(patients(3));

      expect(sent).to.have.length(3);
      expect(summary.slowed).to.equal(1);
    });

    it('without charging a person for what did not go out', async () => {
      simulator.fault({ times: 3, code: 130429 });

      // The next try would come after the deadline, if it had to keep an hour.
      const { sent } = await run(
        patients(1),
        sendMessage(phone, 'Hi', { retry: { delay: 1, attempts: 9 } }),
        { perRecipient: 3600 },
      );

      expect(sent).to.have.length(1);
    });

    it('of one person, while others go', async () => {
      const [first, ...others] = patients(5);
      const again = { ...first!, name: 'Again' };

      const { sent, remaining } = await run([first, again, ...others], remind, {
        ...FAST,
        concurrency: 1,
        perRecipient: 3600,
      });

      expect(sent).to.have.length(5);
      expect(remaining).to.deep.equal([again]);
    });

    it('of one person alone, after 131056', async () => {
      const items = patients(4);
      items[0]!.phone = asking(131056);

      const insist = sendMessage(phone, 'Hi', { retry: { delay: 85_000 } });
      const { sent, remaining } = await run(items, insist, {
        ...FAST,
        concurrency: 1,
        deadline: 40_000,
      });

      expect(sent).to.have.length(3);
      expect(remaining).to.deep.equal([items[0]]);
    });

    it('and never has more operations under way than the concurrency', async () => {
      let under = 0;
      let most = 0;
      const count: Operation = async each => {
        most = Math.max(most, ++under);
        const next = await remind(each);
        under--;
        return next;
      };

      await run(patients(40), count, { ...FAST, concurrency: 3 });

      expect(most).to.equal(3);
    });
  });

  describe('reaches everybody before anybody a second time', () => {
    const many = (people: Patient[], count: number) =>
      people.flatMap(each =>
        Array.from({ length: count }, (_, number) => ({
          ...each,
          name: `${each.name}, ${number}`,
        })),
      );
    const reached = ({ sent }: BroadcastResult) =>
      new Set(sent.map(({ to }) => to)).size;

    it('when a few have many messages and stand in front', async () => {
      const people = patients(200);
      const items = [...many(people.slice(0, 10), 100), ...people.slice(10)];

      const result = await run(items, remind, {
        ...FAST,
        perRecipient: 3600,
        deadline: 60_000,
      });

      expect(reached(result)).to.equal(200);
      expect(result.sent).to.have.length(200);
      expect(result.remaining).to.have.length(990);
      expect(result.summary).to.include({ items: 1190, remaining: 990 });
    });

    it('while those with many messages wait for their next turn', async () => {
      const people = patients(6);
      const items = [...many(people.slice(0, 1), 4), ...people.slice(1)];

      const { sent } = await run(items, remind, {
        rate: 10,
        concurrency: 1,
        perRecipient: 0.3,
      });

      const firstSix = bodies().slice(0, 6);
      expect(new Set(firstSix.map(({ to }) => to as string)).size).to.equal(6);
      expect(sent).to.have.length(9);
    });
  });

  describe('ends at its deadline', () => {
    it('sends nothing when there is no time, and keeps all for the next run', async () => {
      const first = await run(patients(5), remind, { deadline: 0 });
      const second = await run(first.remaining);

      expect(first.remaining).to.deep.equal(patients(5));
      expect(first.summary.stopped).to.include({ code: 'DEADLINE' });
      expect(second.sent).to.have.length(5);
      expect(received()).to.have.length(5);
    });

    it('keeps what remains as it came, whatever the operation did to it', async () => {
      const items = patients(2).map(each => ({ ...each, visits: [1] }));
      const change = combine(
        fn((s: State) => {
          const patient = s.data as (typeof items)[0];
          patient.name = `Dear ${patient.name}`;
          patient.visits.push(2);
          items.pop();
          return s;
        }),
        remind,
      ) as Operation;
      simulator.fault({ times: 9, code: 190 });

      const { remaining } = await run(items, change);

      expect(remaining).to.deep.equal(
        patients(2).map(each => ({ ...each, visits: [1] })),
      );
    });

    it('waits for what is under way, and counts it as what it is', async () => {
      simulator.fault({ times: 1000, delay: 150 });

      const { sent, remaining, summary } = await run(patients(60), remind, {
        ...FAST,
        concurrency: 5,
        deadline: 400,
      });

      expect(remaining).not.to.have.length(0);
      expect(sent.length + remaining.length).to.equal(60);
      expect(received()).to.have.length(sent.length);
      expect(summary).to.include({
        sent: sent.length,
        remaining: remaining.length,
      });
    });

    it('does not wait for a person longer than there is time', async () => {
      const items = patients(4).map(({ phone: _, ...rest }) => ({
        ...rest,
        phone: '+1 202 555 1000',
      }));

      const { sent, remaining } = await run(items, remind, {
        ...FAST,
        perRecipient: 3600,
      });

      expect(sent).to.have.length(1);
      expect(remaining).to.have.length(3);
    });

    it('does not wait longer to ask for anything else', async () => {
      simulator.fault({ times: 9, code: 4, headers: { 'retry-after': '60' } });
      const ask = combine(request('GET', '/me'), remind) as Operation;

      const { remaining } = await run(patients(2), ask, {
        ...FAST,
        deadline: 300,
      });

      expect(remaining).to.deep.equal(patients(2));
      // Meta asked for a minute, after which each would have asked again.
      expect(simulator.requests).to.have.length(2);
    });

    it('counts from its start, before it asks first', async () => {
      simulator.fault({ times: 1, delay: 300 });

      const { remaining } = await run(patients(2), remind, {
        ...FAST,
        preflight: true,
        deadline: 200,
      });

      expect(remaining).to.have.length(2);
    });

    it('does not stop an item halfway', async () => {
      simulator.fault({ times: 1000, delay: 100 });
      const twice = combine(
        fn((s: State) => ({ ...s, patient: s.data })),
        sendMessage(s => (s['patient'] as Patient).phone, 'One'),
        sendMessage(s => (s['patient'] as Patient).phone, 'Two'),
      ) as Operation;

      const { sent, remaining } = await run(patients(20), twice, {
        ...FAST,
        concurrency: 2,
        deadline: 250,
        perRecipient: 0,
      });

      expect(remaining).not.to.have.length(0);
      expect(sent.length + remaining.length).to.equal(20);
      expect(received()).to.have.length(2 * sent.length);
    });
  });

  describe('runs any operation', () => {
    it('that sends two messages, whose row names both', async () => {
      const twice = combine(
        fn((s: State) => ({ ...s, patient: s.data })),
        sendMessage(s => (s['patient'] as Patient).phone, 'One'),
        sendMessage(s => (s['patient'] as Patient).phone, 'Two'),
      ) as Operation;

      const { sent } = await run(patients(2), twice, {
        ...FAST,
        perRecipient: 0,
      });

      expect(sent[0]?.messageIds).to.have.length(2);
      expect(sent[0]?.messageId).to.equal(sent[0]?.messageIds?.[1]);
    });

    it('that sends one message and fails with the other: repeating would send the first again', async () => {
      const half = combine(
        remind,
        sendMessage(asking(131026), 'Two'),
      ) as Operation;

      const { failed } = await run(patients(1), half, {
        ...FAST,
        perRecipient: 0,
      });

      expect(failed[0]).to.have.property('messageId');
      expect(failed[0]?.error).to.include({
        metaCode: 131026,
        retryable: false,
      });
    });

    it('that uploads and sends', async () => {
      const content = Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64');
      const media = { content, filename: 'a.pdf', type: 'application/pdf' };

      const { sent } = await run(
        patients(3),
        sendMedia(phone, 'document', media as never),
      );

      expect(sent).to.have.length(3);
      expect(received()).to.have.length(3);
    });

    it('that uploads once for all, also when this succeeds only the second time', async () => {
      const content = Buffer.from('%PDF-1.5\n%%EOF\n').toString('base64');
      const media = { content, filename: 'a.pdf' };
      const options = { reuse: true, retry: { delay: 10 } };
      const leaflet = sendMedia(phone, 'document', media as never, options);
      simulator.fault({ path: '/media', status: 503 });

      // All slots are taken by items that wait for the upload of the first.
      const { sent } = await run(patients(4), leaflet, {
        ...FAST,
        concurrency: 1,
        deadline: 60_000,
      });

      expect(sent).to.have.length(4);
    });

    it('that is a raw request', async () => {
      const { sent } = await run(
        patients(2),
        request('POST', 'messages', (s: State) => ({
          messaging_product: 'whatsapp',
          to: phone(s),
          type: 'text',
          text: { body: 'Hi' },
        })),
      );

      expect(sent.map(({ to }) => to)).to.deep.equal(
        patients(2).map(({ phone }) => phone),
      );
      expect(sent[0]?.messageId).to.match(/^wamid\./);
    });

    for (const reuse of [false, true]) {
      it(`that uploads and sends, known again by its item${reuse ? ' when it uploads once for all' : ''}`, async () => {
        const content = Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64');
        const media = { content, filename: 'a.pdf' };
        const invoice = sendMedia(phone, 'document', media as never, { reuse });
        const items = patients(3);

        const first = await run([...items, ...patients(1)], invoice);
        // Meta deletes what was uploaded; the next run begins anew.
        const again = sendMedia(
          phone,
          'document',
          { ...media, content: `${content.slice(0, -4)}Cg==` } as never,
          { reuse },
        );
        const { summary } = await run(items, again, {
          ...FAST,
          skip: first.sent,
        });

        expect(first.summary).to.include({ sent: 3, duplicates: 1 });
        expect(summary).to.include({ skipped: 3 });
        expect(received()).to.have.length(3);
      });
    }

    describe('that is a raw request which takes every answer', () => {
      const raw = (options: object) =>
        request(
          'POST',
          'messages',
          (s: State) => ({
            messaging_product: 'whatsapp',
            to: phone(s),
            type: 'text',
            text: { body: 'Hi' },
          }),
          options,
        );

      it('and is unknown after a fault of the server', async () => {
        simulator.fault({ times: 1, code: 131000, status: 500 });

        const { unknown } = await run(patients(1), raw({ errors: false }));

        expect(unknown[0]?.error).to.include({
          code: 'SEND_UNCONFIRMED',
          metaCode: 131000,
        });
      });

      it('and is failed after a refusal, in its words', async () => {
        const items = [{ phone: asking(131026) }];

        const { failed } = await run(items, raw({ errors: false }));

        expect(failed[0]?.error).to.include({
          code: 'RECIPIENT_REFUSED',
          metaCode: 131026,
        });
      });

      it('and is sent when it asks for the answer as text', async () => {
        const { sent } = await run(patients(1), raw({ parseAs: 'text' }));

        expect(sent[0]?.messageId).to.match(/^wamid\./);
      });
    });

    it('that ends before its messages do', async () => {
      simulator.fault({ times: 2, delay: 100 });
      const inVain: Operation = async each => {
        void remind(each);
        throw new Error('too early');
      };
      const unheard: Operation = each => {
        void remind(each);
        return Promise.resolve(each);
      };

      const early = await run(patients(1), inVain);
      const { sent } = await run(patients(2).slice(1), unheard);

      expect(early.failed).to.deep.equal([]);
      expect(early.sent[0]?.error?.description).to.contain('too early');
      expect([...early.sent, ...sent].map(row => row.messageId)).to.deep.equal(
        received(),
      );
    });

    it('that makes a new state on the way', async () => {
      const forgetful = combine(
        fn(({ configuration, data }: State) => ({ configuration, data })),
        remind,
      ) as Operation;

      const { sent } = await run(patients(2), forgetful, { ...FAST, key: id });

      expect(sent).to.have.length(2);
      expect(bodies()[0]).to.have.property('biz_opaque_callback_data');
    });

    it('that gives no state', async () => {
      const silent = combine(remind, fn((() => {}) as never)) as Operation;

      const { sent } = await run(patients(3), silent);

      expect(sent.every(row => 'messageId' in row)).to.equal(true);
      expect(sent).to.have.length(3);
    });

    it('that writes to nobody, and counts by its own outcome', async () => {
      const mark = markAsRead(s => s.data as unknown as string);
      const items = ['wamid.A', 'wamid.B', ''];

      const { sent, failed } = await run(items, mark);

      expect(sent).to.have.length(2);
      expect(sent[0]).to.have.all.keys('key');
      expect(failed).to.have.length(1);
    });

    it('but no broadcast, whose pace and rows would be its own', async () => {
      const { failed } = await run(
        [patients(2), patients(2)],
        broadcast(({ data }) => data as unknown as Patient[], remind),
      );

      expect(failed.map(({ error }) => error.code)).to.deep.equal([
        'NESTED_BROADCAST',
        'NESTED_BROADCAST',
      ]);
      expect(received()).to.have.length(0);
    });

    it('but nothing that is none', () =>
      rejects(run(patients(1), {} as never), { code: 'INVALID_OPERATION' }));
  });

  describe('in a dry run', () => {
    const dry = { ...FAST, dryRun: true };

    it('builds and checks all, and sends nothing', async () => {
      const items = patients(4);
      items[1]!.phone = 'nonsense';

      const result = await run(items, remind, { ...dry, key: id });

      const { sent, failed, remaining, messages, summary } = result;
      expect(simulator.requests).to.have.length(0);
      expect(sent).to.deep.equal([]);
      expect(failed.map(({ key }) => key)).to.deep.equal(['P-1']);
      expect(remaining).to.deep.equal(items.filter(({ id }) => id !== 'P-1'));
      expect(messages?.map(({ key, to }) => [key, to])).to.deep.equal(
        items
          .filter(({ id }) => id !== 'P-1')
          .map(each => [each.id, each.phone]),
      );
      expect(messages?.[0]?.body).to.have.nested.property('text.body');
      expect(summary).to.include({ items: 4, remaining: 3, dryRun: true });
      expect(summary).not.to.have.property('stopped');
    });

    it('also when the job compares to say so, beside a key that its own data lacks', async () => {
      const items = patients(2).map(each => ({ ...each, visit: each.id }));
      state.data = { mode: 'test' };
      const compiled = ({ data }: any) => ({
        key: data.visit.length + data.visit,
        dryRun: data.mode === 'test',
      });

      const { sent, remaining } = await run(items, remind, compiled as never);

      expect(sent).to.deep.equal([]);
      expect(remaining).to.deep.equal(items);
    });

    it('finds what stands twice in the list', async () => {
      const [first] = patients(1);

      const { summary } = await run([first, first], remind, dry);

      expect(summary).to.include({ remaining: 1, duplicates: 1 });
    });

    it('makes no other request that changes anything', async () => {
      const raw = request('POST', 'messages', (s: State) => ({
        to: phone(s),
        text: {},
      }));
      const receipt = combine(
        request('POST', 'media', {}),
        remind,
      ) as Operation;

      const both = await run(patients(2), combine(raw, raw) as Operation, dry);
      await run(patients(2), receipt, dry);

      expect(both.messages?.map(({ to }) => to)).to.deep.equal(
        patients(2).map(({ phone }) => phone),
      );
      expect(simulator.requests).to.have.length(0);
    });

    it('of the operation alone, nothing counts as sent', async () => {
      const { sent, remaining } = await run(
        patients(2),
        sendMessage(phone, 'Hi', { dryRun: true }),
      );

      expect(sent).to.deep.equal([]);
      expect(remaining).to.have.length(2);
    });
  });

  it('dials numbers in the default country, unless a send says otherwise', async () => {
    const items = [{ phone: '0712 345 678' }];
    const options = { ...FAST, defaultCountry: 'KE' };

    await run(items, sendMessage(phone, 'Hi'), options);
    await run(
      items,
      sendMessage(phone, 'Hi', { defaultCountry: 'TZ' }),
      options,
    );

    expect(bodies().map(({ to }) => to)).to.deep.equal([
      '+254712345678',
      '+255712345678',
    ]);
  });

  describe('asks first, with preflight', () => {
    const options = { ...FAST, preflight: true };
    const useNumber = (limit: string, more = {}) => {
      simulator.addNumber({
        id: '17',
        whatsapp_business_manager_messaging_limit: limit,
        ...more,
      } as never);
      Object.assign(state.configuration as object, { phoneNumberId: '17' });
    };

    it('and refuses more people than the number may write to, with the figure', async () => {
      useNumber('TIER_250');

      const error = await rejects(run(patients(251), remind, options), {
        code: 'LIMIT_TOO_LOW',
      });
      expect(error.description).to.match(/250\b.*\b251\b/);
      expect(received()).to.have.length(0);
    });

    it('and sends when they are not too many', async () => {
      useNumber('TIER_250');

      expect((await run(patients(5), remind, options)).sent).to.have.length(5);
    });

    it('and does not count those that are done', async () => {
      useNumber('TIER_250');
      const skip = patients(2).map(({ id }) => id);

      const { sent } = await run(patients(251), remind, {
        ...options,
        key: id,
        skip,
      });

      expect(sent).to.have.length(249);
    });

    it('and refuses a number that is not connected', async () => {
      useNumber('TIER_250', { status: 'DISCONNECTED' });

      await rejects(run(patients(1), remind, options), {
        code: 'NUMBER_NOT_READY',
      });
    });
  });

  describe('tells how far it is', () => {
    it('to the job, row by row', async () => {
      const told: BroadcastProgress[] = [];
      const items = patients(4);
      items[3]!.phone = asking(131026);

      const { sent, failed } = await run(items, remind, {
        ...FAST,
        concurrency: 1,
        onProgress: progress => told.push(progress),
      });

      expect(told.map(({ done, items }) => [done, items])).to.deep.equal([
        [1, 4],
        [2, 4],
        [3, 4],
        [4, 4],
      ]);
      expect(told.map(({ row }) => row)).to.deep.equal([...sent, ...failed]);
      expect(told.at(-1)).to.include({ outcome: 'failed', failed: 1 });
    });

    for (const [how, onProgress] of [
      [
        'throws',
        () => {
          throw new Error('CANARY');
        },
      ],
      ['rejects', () => Promise.reject(new Error('CANARY'))],
    ] as const) {
      it(`to a function that ${how}, and sends all the same`, async () => {
        const { result, lines } = await collectLogs(() =>
          broadcast(patients(3), remind, { ...FAST, onProgress })(state),
        );

        expect((result.data as BroadcastResult).sent).to.have.length(3);
        expect(lines).to.include('broadcast: the function onProgress failed');
        expect(lines.join()).not.to.contain('CANARY');
      });
    }

    it('in the log, with counts and nothing else', async () => {
      const items = patients(20);
      items[1]!.phone = asking(131026);
      const { lines } = await collectLogs(() =>
        broadcast(items, remind, FAST)(state),
      );

      expect(lines[0]).to.match(
        /^broadcast: \d+ of 20 done, \d failed, 0 unknown, [\d.]+ a second, \d+ s left$/,
      );
      expect(lines.at(-1)).to.match(
        /^broadcast: 19 sent, 1 failed, 0 unknown, 0 remaining in [\d.]+ s$/,
      );
      expect(lines.length).to.be.at.most(11);
      expect(lines.join()).not.to.match(/555|Name|Dear|CANARY|P-\d/);
    });
  });

  describe('refuses', () => {
    for (const options of [
      { rate: 0 },
      { rate: 'fast' },
      { concurrency: 0 },
      { concurrency: 1.5 },
      { perRecipient: -1 },
      { deadline: -1 },
      { dryRun: 'yes' },
      { onProgress: 'log' },
      { concurency: 5 },
      'options',
    ]) {
      it(`the options ${JSON.stringify(options)}`, async () => {
        await rejects(run(patients(1), remind, options as never), {
          code: 'INVALID_OPTIONS',
        });
        expect(simulator.requests).to.have.length(0);
      });
    }
  });
});
