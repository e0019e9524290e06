import { expect } from 'chai';
import { parse } from '../../../src/webhook';
import { assignEvents, findTakers } from '../../src/forward/compose';
import { normalizeWords } from '../../src/settings/destination';
import type { Destination, Match } from '../../src/settings/destination';
import { readRoutes } from '../../src/settings/routes-file';
import { readEvents } from '../../src/store/event-columns';
import { message, status, webhook } from '../support/payloads';

const NOWHERE = { folder: '.', environment: {} };

/** A route as the file has it when it says nothing more. */
function route(
  name: string,
  match: Partial<Match>,
  isCopy = false,
): Destination {
  const text = JSON.stringify({ routes: [{ name, url: 'https://a.example' }] });
  const [plain] = readRoutes(text, NOWHERE).routes;
  return { ...plain!, match: { kinds: ['messages'], ...match }, isCopy };
}

const of = (value: Parameters<typeof webhook>[0]) =>
  readEvents(parse(webhook(value)));
const written = (text: string) => of({ messages: [message(text)] })[0]!;

const takes = (match: Partial<Match>, event = written('Hello')) =>
  findTakers(event, [route('one', match)]).length === 1;

const says = (keyword: string, text: string) =>
  takes({ keywords: [normalizeWords(keyword)] }, written(text));

describe('findTakers', () => {
  it('gives an event to the first route that matches it', () => {
    const routes = [
      route('reports', { keywords: ['report'] }),
      route('rest', {}),
    ];
    const names = (text: string) =>
      findTakers(written(text), routes).map(({ name }) => name);

    expect(names('Report 4')).to.deep.equal(['reports']);
    expect(names('Hello')).to.deep.equal(['rest']);
  });

  it('goes on behind a copy', () => {
    const routes = [
      route('archive', {}, true),
      route('reports', { keywords: ['report'] }),
      route('rest', {}),
    ];

    const names = findTakers(written('report'), routes).map(({ name }) => name);

    expect(names).to.deep.equal(['archive', 'reports']);
  });

  it('asks for each condition, and for one value of each list', () => {
    expect(takes({ types: ['image', 'text'] })).to.equal(true);
    expect(takes({ types: ['image'] })).to.equal(false);
    expect(takes({ kinds: ['statuses'] })).to.equal(false);
    expect(takes({ phoneNumberIds: ['0'] })).to.equal(false);
    expect(takes({ wabaIds: ['0'] })).to.equal(false);
    const { item } = written('Hello');
    const { phoneNumberId = '', wabaId = '' } = item;
    expect(takes({ phoneNumberIds: ['0', phoneNumberId] })).to.equal(true);
    expect(takes({ wabaIds: [wabaId], types: ['text'] })).to.equal(true);
    expect(takes({ wabaIds: [wabaId], types: ['image'] })).to.equal(false);
  });

  it('takes a status for no message', () => {
    const [event] = of({ statuses: [status('w', 'sent')] });

    expect(takes({}, event)).to.equal(false);
    expect(takes({ kinds: ['statuses'] }, event)).to.equal(true);
    expect(takes({ kinds: ['statuses'], keywords: ['w'] }, event)).to.equal(
      false,
    );
  });

  for (const [keyword, text] of [
    ['report', 'REPORT'],
    ['report', '  report: 4 children'],
    ['report', '*Report* 4'],
    ['report', '"report" 4'],
    ['Élève', 'eleve 4'],
    ['eleve', 'É\u0301LÈVE'],
    ['birth report', 'Birth  \n report 4'],
    ['رمضان', 'رَمَضَان كريم'],
    ['İstanbul', 'istanbul 4'],
    ['#report', '#REPORT 4'],
    ['👍', '👍 yes'],
    ['report', '\u200breport'],
    ['report', 'ｒｅｐｏｒｔ'],
    ['1', '1. yes'],
  ] as const) {
    it(`finds ${keyword} at the beginning of ${JSON.stringify(text)}`, () => {
      expect(says(keyword, text)).to.equal(true);
    });
  }

  for (const [keyword, text] of [
    ['report', 'reporting'],
    ['report', 'a report'],
    ['report', ''],
    ['1', '12'],
    ['birth report', 'birth'],
  ] as const) {
    it(`does not find ${keyword} in ${JSON.stringify(text)}`, () => {
      expect(says(keyword, text)).to.equal(false);
    });
  }

  it('finds the titles of tapped buttons and chosen rows, and captions', () => {
    const items = [
      { type: 'button', button: { text: 'Stop now', payload: 'x' } },
      {
        type: 'interactive',
        interactive: {
          type: 'button_reply',
          button_reply: { id: 'x', title: 'Stop' },
        },
      },
      {
        type: 'interactive',
        interactive: {
          type: 'list_reply',
          list_reply: { id: 'x', title: 'STOP!' },
        },
      },
      { type: 'image', image: { id: '1', caption: 'stop' } },
    ].map((item, i) => ({ ...message(''), ...item, id: `${i}` }));

    for (const event of of({ messages: items })) {
      expect(takes({ keywords: ['stop'] }, event)).to.equal(true);
    }
  });
});

describe('assign', () => {
  it('keeps the order of the events of each route', () => {
    const events = of({
      messages: ['a 1', 'b 1', 'a 2', 'b 2'].map(text => message(text)),
    });
    const routes = [route('a', { keywords: ['a'] }), route('b', {})];

    const taken = [...assignEvents(events, routes)].map(([{ name }, list]) => [
      name,
      list.map(({ item }) => (item as { text?: string }).text),
    ]);

    expect(taken).to.deep.equal([
      ['a', ['a 1', 'a 2']],
      ['b', ['b 1', 'b 2']],
    ]);
  });
});
