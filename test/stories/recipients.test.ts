import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import * as adaptor from '../../src/index';
import type { Operation } from '../../src/index';
import { collectLogs } from '../quiet';
import { rejects } from '../rejects';
import { onSimulator } from './on-simulator';

type Ask = (person: never) => Operation;

/** Every operation that takes a person, with what else it needs. */
const ASKED: { [name: string]: Ask } = {
  sendMessage: to => adaptor.sendMessage(to, 'Hello'),
  sendTemplate: to => adaptor.sendTemplate(to, 'hello_world'),
  sendOneTimePassword: to => adaptor.sendOneTimePassword(to, 'login', '048213'),
  sendMedia: to => adaptor.sendMedia(to, 'image', '1'),
  sendLocation: to => adaptor.sendLocation(to, { latitude: 1, longitude: 2 }),
  sendContacts: to =>
    adaptor.sendContacts(to, { firstName: 'Amina', phone: '0712 345 678' }),
  sendReaction: to => adaptor.sendReaction(to, 'wamid.1', '👍'),
  sendButtons: to => adaptor.sendButtons(to, 'Will you come?', ['Yes']),
  sendList: to => adaptor.sendList(to, 'Which one?', ['Growth']),
  sendUrlButton: to =>
    adaptor.sendUrlButton(to, 'Dates', {
      display_text: 'See',
      url: 'https://clinic.example/',
    }),
  sendFlow: to => adaptor.sendFlow(to, 'Book', { flow_id: '1', flow_cta: 'B' }),
  requestLocation: to => adaptor.requestLocation(to, 'Where are you?'),
  blockUsers: users => adaptor.blockUsers(users),
  unblockUsers: users => adaptor.unblockUsers(users),
  listMessages: contact => adaptor.listMessages(contact),
};

type Listed = { name: string; params: string[] };

/** The operations whose first parameter is a person, as OpenFn sees them. */
const OPERATIONS = (
  JSON.parse(readFileSync('ast.json', 'utf8')) as { operations: Listed[] }
).operations
  .filter(({ params: [first = ''] }) =>
    ['to', 'users', 'contact', 'person'].includes(first),
  )
  .map(({ name }) => name);

describe('A number that may be of another country', () => {
  const { simulator, state, configure, run } = onSimulator();

  const WRONG = [
    712345678,
    '712345678',
    '0712345678',
    '2025550123',
    '+1 (0) 650 555 1234',
    -254712345678,
    254712345678.5,
    '1e9',
  ];

  it('is tried with every operation that takes a person', () => {
    expect(OPERATIONS).to.have.members(Object.keys(ASKED));
  });

  for (const [name, ask] of Object.entries(ASKED)) {
    it(`is refused by ${name} before anything is sent`, async () => {
      for (const person of WRONG) {
        await rejects(run(ask(person as never)), { code: 'INVALID_RECIPIENT' });
      }
      expect(simulator().requests).to.have.length(0);
    });
  }

  it('is refused on the way to another API than that of Meta', async () => {
    configure({ baseUrl: simulator().url, phoneNumberId: '' });

    await rejects(run(adaptor.sendMessage(712345678 as never, 'Hello')), {
      code: 'INVALID_RECIPIENT',
    });

    expect(simulator().requests).to.have.length(0);
  });

  it('is one failed row of a broadcast', async () => {
    const people = [{ phone: 712345678 }, { phone: 254712345678 }];
    const operation = adaptor.sendMessage(
      (({ data }: { data: { phone: string } }) => data.phone) as never,
      'Hello',
    );

    const { data } = await run(adaptor.broadcast(people, operation));
    const { sent, failed } = data as unknown as adaptor.BroadcastResult;

    expect(sent).to.have.length(1);
    expect(failed.map(({ error }) => error.code)).to.deep.equal([
      'INVALID_RECIPIENT',
    ]);
    expect(simulator().transcript()).to.have.length(1);
  });

  it('is read with the country of a broadcast', async () => {
    const operation = adaptor.sendMessage(
      (({ data }: { data: { phone: string } }) => data.phone) as never,
      'Hello',
    );

    await run(
      adaptor.broadcast([{ phone: 712345678 }], operation, {
        defaultCountry: 'KE',
      }),
    );

    expect(simulator().transcript()[0]).to.include({ to: '+254712345678' });
  });

  it('is not what a person who wrote has, whatever the tables say', async () => {
    const inbound = { id: 'wamid.1', from: '254312345678', type: 'text' };

    await collectLogs(() =>
      adaptor.reply('Thank you')({ ...state(), data: inbound }),
    );

    expect(simulator().transcript()[0]).to.include({ to: '+254312345678' });
  });
});
