import { expect } from 'chai';
import { listConversations } from '../../src/store/conversations';
import { readCursor } from '../../src/store/cursor';
import { listMessages } from '../../src/store/messages';
import { readMessageState } from '../../src/store/statuses';
import { arrival } from '../support/arrivals';
import { message, status, webhook } from '../support/payloads';
import { describeStores } from '../support/stores';
import type { Store } from '../support/stores';

const at = (time: string) => String(Date.parse(time) / 1000);

const save = (store: Store, ...values: Record<string, unknown>[]) =>
  store.write(values.map(value => arrival(webhook(value))));

const texts = (page: { data: { text?: string }[] }) =>
  page.data.map(({ text }) => text);

describeStores('listMessages', store => {
  it('gives messages as parse does, the newest first', async () => {
    await save(
      store(),
      {
        messages: [
          message('second', { timestamp: at('2026-11-20T08:00:01Z') }),
        ],
      },
      {
        messages: [message('first', { timestamp: at('2026-11-20T08:00:00Z') })],
      },
    );

    const page = await listMessages(store().database, { limit: 10 });

    expect(texts(page)).to.deep.equal(['second', 'first']);
    expect(page.data[0]).to.include({ type: 'text', from: '254700000001' });
    expect(page.data[0]).to.have.property('receivedAt');
    expect(page.paging).to.deep.equal({});
  });

  it('gives each message once, page by page, also of the same second', async () => {
    const all = Array.from({ length: 25 }, (_, i) => message(`${i}`));
    await save(store(), { messages: all });
    const found: (string | undefined)[] = [];

    for (let after: string | undefined = ''; after !== undefined;) {
      const place = readCursor(after);
      const page = await listMessages(store().database, {
        limit: 10,
        after: place,
      });
      found.push(...texts(page));
      after = page.paging.after;
    }

    expect(found).to.deep.equal(all.map((_, i) => `${24 - i}`));
  });

  it('finds a contact by number or by user ID, and what is not older', async () => {
    const userId = 'KE.13491208655302741918';
    await save(
      store(),
      { messages: [message('number')] },
      {
        messages: [message('user', { from: undefined, from_user_id: userId })],
      },
      { messages: [message('old', { timestamp: at('2026-01-01T00:00:00Z') })] },
    );
    const since = new Date('2026-06-01');
    const list = (contact: string) =>
      listMessages(store().database, { contact, since, limit: 10 });

    expect(texts(await list('254700000001'))).to.deep.equal(['number']);
    expect(texts(await list(userId))).to.deep.equal(['user']);
    expect(texts(await list('%'))).to.deep.equal([]);
  });

  it('finds all of a person, also what Meta told the number or the user ID of only', async () => {
    const user_id = 'KE.13491208655302741918';
    const both = { from_user_id: user_id };
    const numberless = { ...both, from: undefined };
    await save(store(), {
      messages: [
        message('before'),
        message('after', both),
        message('no number', numberless),
        // The number was given to somebody else since.
        message('another', { from_user_id: 'KE.2' }),
      ],
    });
    const list = async (contact: string) =>
      texts(await listMessages(store().database, { contact, limit: 10 }));

    expect(await list(user_id)).to.have.members([
      'before',
      'after',
      'no number',
    ]);
    expect(await list('254700000001')).to.have.members([
      'before',
      'after',
      'no number',
      'another',
    ]);
  });
});

describeStores('listMessages, of what was sent', store => {
  const list = (query = {}) =>
    listMessages(store().database, { limit: 10, ...query });

  it('is one row for each message, with its furthest status', async () => {
    await save(
      store(),
      {
        messages: [message('Hello', { timestamp: at('2026-11-20T08:00:00Z') })],
      },
      {
        statuses: [
          status('w', 'read', { timestamp: at('2026-11-20T08:03:00Z') }),
          status('w', 'sent', { timestamp: at('2026-11-20T08:01:00Z') }),
          status('w', 'delivered', { timestamp: at('2026-11-20T08:02:00Z') }),
        ],
      },
    );

    const [sent, received, ...others] = (await list()).data;

    expect(others).to.deep.equal([]);
    expect(received).to.include({ direction: 'inbound', text: 'Hello' });
    expect(sent).to.include({
      id: 'w',
      direction: 'outbound',
      to: '254700000001',
      status: 'read',
      timestamp: '2026-11-20T08:01:00.000Z',
      statusAt: '2026-11-20T08:03:00.000Z',
    });
    expect(sent).to.not.have.any.keys('text', 'type', 'raw');
  });

  it('says why a message failed', async () => {
    const errors = [{ code: '131026', title: 'Message undeliverable' }];
    await save(store(), { statuses: [status('w', 'failed', { errors })] });

    const [sent] = (await list()).data;

    expect(sent).to.deep.include({
      status: 'failed',
      error: { code: 131026, title: 'Message undeliverable' },
    });
  });

  it('has the text of an echo, once, beside its statuses', async () => {
    const echo = message('From the phone', {
      id: 'e',
      from: '15550783881',
      to: '254700000001',
    });
    await store().write([
      arrival(webhook({ statuses: [status('e', 'delivered')] })),
      arrival(webhook({ message_echoes: [echo] }, 'smb_message_echoes')),
    ]);

    const page = await list();

    expect(page.data).to.have.length(1);
    expect(page.data[0]).to.include({
      id: 'e',
      direction: 'outbound',
      to: '254700000001',
      text: 'From the phone',
      type: 'text',
      status: 'delivered',
    });
  });

  it('is chosen by direction, person and time', async () => {
    await save(store(), {
      messages: [message('Hello')],
      statuses: [
        status('mine', 'sent'),
        status('other', 'sent', { recipient_id: '254700000002' }),
        status('old', 'sent', { timestamp: at('2026-01-01T00:00:00Z') }),
        status('old', 'read'),
      ],
    });
    const contact = '254700000001';
    const since = new Date('2026-06-01');
    const ids = async (query: object) =>
      (await list(query)).data.map(({ direction, id }) =>
        direction === 'inbound' ? 'in' : id,
      );

    expect(await ids({ direction: 'inbound' })).to.deep.equal(['in']);
    expect(await ids({ direction: 'outbound', since })).to.have.members([
      'mine',
      'other',
    ]);
    expect(await ids({ contact, since })).to.have.members(['in', 'mine']);
    expect(await ids({ contact })).to.have.members(['in', 'mine', 'old']);
  });

  it('is one row for a group, and not what was sent to its members', async () => {
    const inGroup = (participant: string) => ({
      recipient_id: 'g1',
      recipient_type: 'group',
      recipient_participant_id: participant,
    });
    await save(store(), {
      statuses: [
        status('w', 'read', inGroup('254700000001')),
        status('w', 'delivered', inGroup('254700000002')),
      ],
    });

    const page = await list();

    expect(page.data).to.have.length(1);
    expect(page.data[0]).to.include({
      to: 'g1',
      recipientType: 'group',
      status: 'read',
    });
    expect((await list({ contact: '254700000001' })).data).to.deep.equal([]);
  });

  it('goes on page by page, each message once, also while statuses come', async () => {
    const times = Array.from({ length: 12 }, (_, i) =>
      at(`2026-11-20T08:00:${10 + i}Z`),
    );
    await save(
      store(),
      ...times.map((timestamp, i) => ({
        messages:
          i % 2 === 0 ? [message(`${i}`, { timestamp, id: `${i}` })] : [],
        statuses: i % 2 === 1 ? [status(`${i}`, 'sent', { timestamp })] : [],
      })),
    );
    const found: unknown[] = [];

    for (let after: string | undefined = ''; after !== undefined;) {
      const page = await list({ limit: 5, after: readCursor(after) });
      found.push(...page.data.map(({ id }) => id));
      after = page.paging.after;
      await save(store(), {
        statuses: [1, 5, 9].map(i =>
          status(`${i}`, found.length > 5 ? 'read' : 'delivered', {
            timestamp: at('2026-11-20T09:00:00Z'),
          }),
        ),
      });
    }

    expect(found).to.deep.equal(times.map((_, i) => `${11 - i}`));
  });

  it('is chosen by the number that sent or received it', async () => {
    const of = (phone_number_id: string) => ({ metadata: { phone_number_id } });
    await save(
      store(),
      {
        ...of('1'),
        messages: [message('one')],
        statuses: [status('w', 'sent')],
      },
      { ...of('2'), messages: [message('two')] },
    );

    const { data } = await list({ phoneNumberId: '1' });

    expect(data.map(({ phoneNumberId }) => phoneNumberId)).to.deep.equal([
      '1',
      '1',
    ]);
  });

  it('counts all of a person on every page', async () => {
    await save(store(), {
      messages: [message('one'), message('two')],
      statuses: ['sent', 'read'].map(name => status('w', name)),
    });
    const contact = '254700000001';

    const first = await list({ contact, limit: 2 });
    const { after = '' } = first.paging;
    const second = await list({ contact, limit: 2, after: readCursor(after) });

    expect([first.total, second.total]).to.deep.equal([3, 3]);
    expect(await list({ contact: '254700000009' })).to.include({ total: 0 });
    expect(await list()).to.not.have.property('total');
  });

  it('reads a page by the indexes, not the whole table', async () => {
    const { database } = store();
    await database.query(`
      INSERT INTO whatsapp_gateway.events
        (id, key, kind, direction, message_id, contact, happened_at, item)
      SELECT gen_random_uuid(), 'k' || i, 'statuses', 'out', 'w' || i / 3,
        'c' || i / 30, now() - i * interval '1 second',
        json_build_object('id', 'w' || i / 3, 'status', 'sent')::text
      FROM generate_series(1, 15000) AS i`);
    await database.query('ANALYZE whatsapp_gateway.events');
    const plans: string[] = [];
    const explaining = {
      ...database,
      query: async <Row extends object>(sql: string, values: unknown[]) => {
        const plan = await database.query(`EXPLAIN ${sql}`, values);
        plans.push(JSON.stringify(plan));
        return database.query<Row>(sql, values);
      },
    };

    await listMessages(explaining, { limit: 10 });
    await listMessages(explaining, { limit: 10, direction: 'outbound' });
    await listMessages(explaining, { limit: 10, contact: 'c5' });

    expect(plans).to.have.length(5);
    for (const plan of plans) expect(plan).to.not.include('Seq Scan');
  });
});

describeStores('readMessageState', store => {
  const read = (id: string) => readMessageState(store().database, id);

  it('gives the furthest status, whatever the order they came in', async () => {
    await save(
      store(),
      {
        statuses: [
          status('w', 'read', { timestamp: at('2026-11-20T08:02:00Z') }),
        ],
      },
      {
        statuses: [
          status('w', 'sent', { timestamp: at('2026-11-20T08:00:00Z') }),
        ],
      },
      {
        statuses: [
          status('w', 'delivered', { timestamp: at('2026-11-20T08:01:00Z') }),
        ],
      },
    );

    const state = await read('w');

    expect(state).to.include({ id: 'w', status: 'read', to: '254700000001' });
    expect(state?.timestamp).to.equal('2026-11-20T08:02:00.000Z');
    expect(state?.history.map(one => one.status)).to.deep.equal([
      'sent',
      'delivered',
      'read',
    ]);
    expect(state).to.not.have.any.keys('raw', 'error');
  });

  it('has the error of a failed message', async () => {
    const errors = [{ code: '131047', title: 'Re-engagement message' }];
    await save(
      store(),
      { statuses: [status('w', 'failed', { errors })] },
      { statuses: [status('w', 'sent')] },
    );

    const state = await read('w');

    expect(state?.status).to.equal('failed');
    expect(state?.error).to.deep.equal({ ...errors[0], code: 131047 });
  });

  it('does not let a status that it does not know hide one that it knows', async () => {
    await save(store(), {
      statuses: [status('w', 'warned'), status('w', 'sent')],
    });

    expect((await read('w'))?.status).to.equal('sent');
  });

  it('gives a status that it does not know when there is no other', async () => {
    await save(store(), { statuses: [status('w', 'warned')] });

    expect((await read('w'))?.status).to.equal('warned');
  });

  it('knows nothing of other messages, and nothing of inbound ones', async () => {
    await save(store(), { messages: [message('Hello', { id: 'in' })] });

    expect(await read('in')).to.equal(undefined);
    expect(await read('other')).to.equal(undefined);
  });
});

describeStores('listConversations', store => {
  const list = async (query = {}) =>
    (await listConversations(store().database, { limit: 100, ...query })).data;

  const now = () => String(Math.floor(Date.now() / 1000));

  it('counts what came and what went, a message with three statuses once', async () => {
    const contacts = [{ wa_id: '254700000001', profile: { name: 'Amina' } }];
    await save(
      store(),
      { contacts, messages: [message('one'), message('two')] },
      {
        statuses: ['sent', 'delivered', 'read'].map(name => status('w', name)),
      },
    );

    const [conversation, ...others] = await list();

    expect(others).to.deep.equal([]);
    expect(conversation).to.include({
      contact: '254700000001',
      name: 'Amina',
      inbound: 2,
      outbound: 1,
    });
  });

  it('tells whether the window is open, and until when', async () => {
    await save(
      store(),
      { messages: [message('now', { from: '1', timestamp: now() })] },
      { messages: [message('long ago', { from: '2' })] },
      { statuses: [status('w', 'sent', { recipient_id: '3' })] },
    );

    const windows = Object.fromEntries(
      (await list()).map(({ contact, windowOpen }) => [contact, windowOpen]),
    );

    const isOld = Date.now() > Date.parse('2026-11-21T08:00:00Z');
    expect(windows).to.deep.equal({ 1: true, 2: !isOld, 3: false });
  });

  it('has a window of its own with each of our numbers', async () => {
    const metadata = (phone_number_id: string) => ({
      metadata: { phone_number_id },
    });
    await save(
      store(),
      { ...metadata('1'), messages: [message('Hi', { timestamp: now() })] },
      { ...metadata('2'), statuses: [status('w', 'sent')] },
    );

    const windows = (await list()).map(({ phoneNumberId, windowOpen }) => [
      phoneNumberId,
      windowOpen,
    ]);

    expect(windows).to.have.deep.members([
      ['1', true],
      ['2', false],
    ]);
  });

  it('counts a message when it went out, not when it was read', async () => {
    await save(store(), {
      statuses: [
        status('w', 'read', { timestamp: at('2026-02-01T00:00:00Z') }),
        status('w', 'sent', { timestamp: at('2026-01-31T00:00:00Z') }),
      ],
    });

    const january = await list({ until: new Date('2026-02-01') });
    const february = await list({ since: new Date('2026-02-01') });

    expect(january[0]).to.include({
      outbound: 1,
      lastAt: '2026-01-31T00:00:00.000Z',
    });
    expect(february).to.deep.equal([]);
  });

  it('is one conversation when Meta tells the user ID only later', async () => {
    const user_id = 'KE.13491208655302741918';
    const contacts = [{ wa_id: '254700000001', user_id, profile: {} }];
    await save(
      store(),
      { messages: [message('before')] },
      { contacts, messages: [message('after')] },
      {
        messages: [
          message('no number', { from: undefined, from_user_id: user_id }),
        ],
      },
    );

    const conversations = await list();

    expect(conversations).to.have.length(1);
    expect(conversations[0]).to.include({
      userId: user_id,
      contact: '254700000001',
      inbound: 3,
    });
  });

  it('keeps a group apart from its members', async () => {
    await save(store(), {
      messages: [message('to you'), message('to all', { group_id: 'g1' })],
    });

    const found = (await list()).map(({ groupId, inbound }) => ({
      groupId,
      inbound,
    }));

    expect(found).to.have.deep.members([
      { groupId: undefined, inbound: 1 },
      { groupId: 'g1', inbound: 1 },
    ]);
  });

  it('counts within a time only, but knows the last word from before', async () => {
    const times = ['2026-01-01', '2026-02-01', '2026-03-01'];
    await save(store(), {
      messages: times.map(time => message(time, { timestamp: at(time) })),
    });
    const since = new Date('2026-01-15');
    const until = new Date('2026-02-15');

    const [conversation] = await list({ since, until });

    expect(conversation).to.include({
      inbound: 1,
      lastAt: '2026-02-01T00:00:00.000Z',
      lastInboundAt: '2026-03-01T00:00:00.000Z',
    });
    expect(await list({ since: new Date('2026-04-01') })).to.deep.equal([]);
  });

  it('goes on page by page', async () => {
    await save(store(), {
      messages: Array.from({ length: 7 }, (_, i) =>
        message('Hi', { from: `${i}` }),
      ),
    });
    const found: (string | undefined)[] = [];

    for (let after: string | undefined = ''; after !== undefined;) {
      const page = await listConversations(store().database, {
        limit: 3,
        after: readCursor(after),
      });
      found.push(...page.data.map(({ contact }) => contact));
      after = page.paging.after;
    }

    expect(found).to.deep.equal(['6', '5', '4', '3', '2', '1', '0']);
  });

  it('tells on every page how many there are on all', async () => {
    await save(store(), {
      messages: ['1', '2', '3'].map(from => message('Hi', { from })),
    });
    const page = (query = {}) =>
      listConversations(store().database, { limit: 2, ...query });

    const first = await page();
    const second = await page({ after: readCursor(first.paging.after ?? '') });

    expect([first.total, second.total]).to.deep.equal([3, 3]);
    expect(await page({ since: new Date('2100-01-01') })).to.deep.equal({
      data: [],
      paging: {},
      total: 0,
    });
  });
});
