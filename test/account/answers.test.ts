import { pointsIn } from '../../src/account/analytics/get-analytics';
import { readHistory } from '../../src/account/deliveries';
import { connect } from '../../src/core/client';
import { expect } from 'chai';
import { readBlockList, outcomeOf } from '../../src/account/blocklist';
import { asIsoTime } from '../../src/account/time';
import { startSimulator } from '../../simulator/src/index';
import type { Simulator } from '../../simulator/src/index';
import { readBusinessProfile } from '../../src/account/profile';
import { collectLogs } from '../quiet';

// Meta's reference, guides and answers differ; every form of an answer is read.

describe('the forms of an answer', () => {
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
  });
  afterEach(() => simulator.reset());
  after(() => simulator.close());

  const context = () => ({
    client: connect({
      baseUrl: simulator.url,
      apiToken: 'T',
      phoneNumberId: '100000000000001',
    }),
    data: {},
    state: {},
  });

  const answered = async (
    body: unknown,
    ask: (given: ReturnType<typeof context>) => Promise<{ data: unknown }>,
  ) => {
    simulator.fault({ body });
    return (await collectLogs(() => ask(context()))).result.data;
  };

  for (const name of ['added_users', 'removed_users']) {
    it(`tells who was unblocked under ${name}`, () => {
      const body = { block_users: { [name]: [{ input: '+1', wa_id: '1' }] } };

      expect(outcomeOf(body).done).to.deep.equal([{ input: '+1', waId: '1' }]);
    });
  }

  it('tells of a failure that nobody knows, without its numbers', () => {
    const errors = [{ code: 7, message: 'Not +1 555 0100 123' }];
    const body = { block_users: { failed_users: [{ user_id: 'U', errors }] } };

    expect(outcomeOf(body).failed).to.deep.equal([
      {
        userId: 'U',
        code: 'BLOCK_LIST_REFUSED',
        description: 'Meta says: Not ***',
        fix: 'Only who wrote in the last 24 hours can be blocked.',
        metaCode: 7,
      },
    ]);
  });

  for (const [form, data] of [
    ['the reference', [{ messaging_product: 'whatsapp', wa_id: '1' }]],
    ['the guide', [{ block_users: [{ input: '+1', wa_id: '1' }] }]],
  ] as const) {
    it(`lists blocked people in the form of ${form}`, async () => {
      const people = await answered({ data }, given =>
        readBlockList(given, undefined),
      );

      expect(people).to.have.nested.property('[0].waId', '1');
    });
  }

  it('lists no more blocked people than it was asked for, in whatever form', async () => {
    const block_users = [{ wa_id: '1' }, { wa_id: '2' }];
    const paging = { cursors: { after: 'c' }, next: 'https://a.example' };
    const body = { data: [{ block_users }], paging };

    const people = await answered(body, given =>
      readBlockList(given, { limit: 2 }),
    );

    expect(people).to.deep.equal([{ waId: '1' }, { waId: '2' }]);
    expect(simulator.requests).to.have.length(1);
  });

  for (const [form, data] of [
    ['the pages', [{ about: 'Open', messaging_product: 'whatsapp' }]],
    ['the schema', [{ business_profile: { about: 'Open' } }]],
  ] as const) {
    it(`has a profile in the form of ${form}`, async () => {
      const profile = await answered({ data }, given =>
        readBusinessProfile(given, undefined),
      );

      expect(profile).to.deep.equal({ about: 'Open' });
    });
  }

  it('has data points, however deep they stand', () => {
    const point = { start: 1793491200, end: '1793577600', sent: 1 };
    const flat = {
      start: '2026-11-01T00:00:00.000Z',
      end: '2026-11-02T00:00:00.000Z',
      sent: 1,
    };

    expect(pointsIn([{ data_points: [point] }])).to.deep.equal([flat]);
    expect(
      pointsIn([{ data: [{ data_points: [point, null] }] }]),
    ).to.deep.equal([flat]);
    expect(pointsIn([undefined, 'x'])).to.deep.equal([]);
  });

  describe('a history', () => {
    const history = (...events: object[]) => ({
      data: [
        {
          id: '1',
          message_id: 'other',
          events: { data: [{ delivery_status: 'PLAYED' }] },
        },
        { id: '2', message_id: 'wamid.a', events: { data: events } },
      ],
    });

    it('has the furthest status, in whatever order they came', () => {
      const body = history(
        { delivery_status: 'READ', timestamp: 1793491203 },
        { delivery_status: 'SENT', timestamp: '2026-11-01T00:00:01+0000' },
        { delivery_status: 'DELIVERED', timestamp: 1793491202 },
      );

      const report = readHistory(body, 'wamid.a');

      expect(report).to.include({ id: 'wamid.a', status: 'read' });
      expect(report?.history.map(({ status }) => status)).to.deep.equal([
        'sent',
        'delivered',
        'read',
      ]);
      expect(report?.timestamp).to.equal('2026-11-01T00:00:03.000Z');
    });

    it('says why a message failed', () => {
      const report = readHistory(
        history(
          { delivery_status: 'SENT', timestamp: 1 },
          { delivery_status: 'FAILED', error_description: 'No WhatsApp' },
        ),
        'wamid.a',
      );

      expect(report).to.deep.include({
        status: 'failed',
        error: { message: 'No WhatsApp' },
      });
    });

    for (const body of [undefined, {}, { data: [] }, history()]) {
      it(`is none in ${JSON.stringify(body)}`, () => {
        expect(readHistory(body, 'wamid.a')).to.equal(undefined);
      });
    }
  });

  it('has times of many forms', () => {
    const iso = '2026-11-01T00:00:00.000Z';
    for (const time of [
      1793491200,
      '1793491200',
      1793491200000,
      '2026-11-01',
      '2026-11-01T03:00:00+0300',
      '2026-11-01T00:00:00',
    ]) {
      expect(asIsoTime(time), String(time)).to.equal(iso);
    }
    expect(asIsoTime('later')).to.equal('later');
  });
});
