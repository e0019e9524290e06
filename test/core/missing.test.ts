import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import {
  broadcast,
  createTemplate,
  reply,
  sendButtons,
  sendContacts,
  sendFlow,
  sendList,
  sendLocation,
  sendMedia,
  sendMessage,
  sendOneTimePassword,
  sendTemplate,
  sendUrlButton,
  request,
  requestLocation,
  updateBusinessProfile,
  updateTemplate,
} from '../../src/index';
import type { Operation } from '../../src/index';
import { rejects } from '../rejects';
import { collectLogs } from '../quiet';

const to = '+15550100123';
const dryRun = true;
const PDF = Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64');
const link = 'https://clinic.example/a';

const state = {
  configuration: { apiToken: 'T', phoneNumberId: '1' },
  data: {
    id: 'wamid.1',
    from: '15550100124',
    name: 'Amina',
    nothing: null,
    visit: { date: '3 May' },
    visits: [{ date: '3 May' }, {}],
    said: 'In JavaScript undefined is a value, and so are NaN and [object Object]',
    zero: 'null Uhr',
    odd: 'seven',
    people: { '15550100124': 'x' },
  },
};

/** A function of state as OpenFn's compiler makes it, from the realm of a job. */
const job = (code: string): any => runInNewContext(`state => ${code}`);
const send = (text: unknown) =>
  sendMessage(to, text as string, { dryRun })(state);

describe('a text with a missing value', () => {
  const missing: [code: string, named: RegExp][] = [
    ['`Dear ${state.data.nmae}`', /Check \$\.data\.nmae in the job/],
    ["'Dear ' + state.data.nmae + '!'", /\$\.data\.nmae/],
    ['`See you ${state.data.visit?.dtae}`', /\$\.data\.visit\.dtae/],
    ["`See you ${state.data['visit'].dtae}`", /\$\.data\.visit\.dtae/],
    ['`See you ${state.data.visits[1].date}`', /\$\.data\.visits\[1\]\.date/],
    ['`Dear ${state.data.name} ${state.data.nmae}`', /Check \$\.data\.nmae in/],
    ['`See you ${state.data.visit}`', /\$\.data\.visit in/],
    ['`Dear ${state.data.nothing}`', /\$\.data\.nothing in/],
    ['`You owe ${state.data.odd * 2}`', /fields of state/],
    ['`You owe ${state.data.price * 2} KES`', /\$\.data\.price in/],
    [
      '`${state.data.visits.map(v => `- ${v.date}`).join()}`',
      /fields of state/,
    ],
    ['`${state.data.nmae}kg`', /\$\.data\.nmae/],
    ["'Dear {name}'.replace('{name}', state.data.nmae)", /\$\.data\.nmae/],
    ['`On ${new Date(state.data.dtae)}`', /\$\.data\.dtae in/],
    [
      '`On ${new Date(state.data.name).toLocaleDateString()}`',
      /fields of state/,
    ],
    ['String(state.data.nmae)', /\$\.data\.nmae/],
    ['{ const { dtae } = state.data.visit; return `On ${dtae}`; }', /state/],
    [
      '`Dear ${state.data.nmae === undefined ? state.data.nick : state.data.nmae}`',
      /\$\.data\.nmae/,
    ],
  ];
  for (const [code, named] of missing) {
    it(`is refused: ${code}`, async () => {
      const { fix } = await rejects(send(job(code)), {
        code: 'VALUE_MISSING',
        sent: 'no',
        retryable: false,
      });

      expect(fix).to.match(named).and.include('allowMissing');
    });
  }

  const fine = [
    '`Dear ${state.data.name}`',
    '`Dear ${state.data.nmae ?? "friend"}`',
    'state.data.said',
    '`You wrote: ${state.data.said}`',
    '`You wrote: ${state.data.said.trim().slice(0, 40)}`',
    '`Um ${state.data.zero}`',
    '`${state.data.visits.map(v => v.date)}`',
    '`The word undefined, ${state.data.name}, is not NaN or [object Object] or null`',
    "'undefined is a word, ' + state.data.name",
    '(x => `${x.said}`)(state.data)',
    '`NaNcy and nullify, ${state.data.name}`',
  ];
  for (const code of fine) {
    it(`is none: ${code}`, async () => {
      expect((await send(job(code))).data).to.include({ dryRun: true });
    });
  }

  it('is none in a plain string', async () => {
    for (const text of [
      'Why is undefined not null?',
      'NaN',
      '[object Object]',
    ]) {
      expect((await send(text)).data).to.include({ dryRun: true });
    }
  });

  it('is sent when the job allows it', async () => {
    const { data } = await sendMessage(to, job('`Dear ${state.data.nmae}`'), {
      dryRun,
      allowMissing: true,
    })(state);

    expect(JSON.stringify(data)).to.include('Dear undefined');
  });

  it('takes nothing but true or false for the permission', () =>
    rejects(
      sendMessage(to, 'Hi', { dryRun, allowMissing: 'yes' } as never)(state),
      { code: 'INVALID_OPTIONS' },
    ));

  it('names nothing that comes from data', async () => {
    const { message } = await rejects(
      send(
        job(
          '`Dear ${state.data.people[state.data.id]}, ${state.data["15550100123"]}`',
        ),
      ),
      { code: 'VALUE_MISSING' },
    );

    expect(message).not.to.match(/wamid|15550/);
  });

  const dear = job('`A ${state.data.nmae}`');
  const everywhere: Record<string, Operation> = {
    'a caption': sendMedia(to, 'image', link, { caption: dear, dryRun }),
    'a file name': sendMedia(
      to,
      'document',
      { content: PDF, filename: job('`${state.data.nmae}.pdf`') },
      { dryRun },
    ),
    'a value of a template': sendTemplate(to, 'visit', [dear], { dryRun }),
    'all values of a template': sendTemplate(
      to,
      'visit',
      job('[state.data.name, `${state.data.nmae}`]'),
      { dryRun },
    ),
    'a named value': sendTemplate(to, 'visit', { name: dear }, { dryRun }),
    'the header of a template': sendTemplate(to, 'a', [], {
      header: dear,
      dryRun,
    }),
    'a button of a template': sendTemplate(to, 'a', [], {
      buttons: [{ url: dear }],
      dryRun,
    }),
    'a button': sendButtons(to, 'Coming?', [dear, 'No'], { dryRun }),
    'a footer': sendButtons(to, 'Coming?', ['Yes'], { footer: dear, dryRun }),
    'a header': sendButtons(to, 'Coming?', ['Yes'], { header: dear, dryRun }),
    'all options': sendButtons(
      to,
      'Coming?',
      ['Yes'],
      job('({ footer: `A ${state.data.nmae}`, dryRun: true })'),
    ),
    'a row': sendList(to, 'Which?', [{ id: '1', title: dear }], { dryRun }),
    'a body': requestLocation(to, dear, { dryRun }),
    'an address': sendUrlButton(
      to,
      'See',
      {
        display_text: 'See',
        url: job('`https://a.example/${state.data.nmae}`'),
      },
      { dryRun },
    ),
    'a flow': sendFlow(to, dear, { flow_id: '1', flow_cta: 'Go' }, { dryRun }),
    'a place': sendLocation(
      to,
      { latitude: 1, longitude: 1, name: dear, address: 'A' },
      { dryRun },
    ),
    'a contact': sendContacts(
      to,
      { firstName: dear, phone: '+15550100124' },
      { dryRun },
    ),
    'a one-time password': sendOneTimePassword(
      to,
      'login',
      job('`${state.data.nmae}`'),
      { dryRun },
    ),
    'an object of Meta’s': sendMessage(
      to,
      job('({ text: { body: `Dear ${state.data.nmae}` } })'),
      { dryRun },
    ),
    'a reply': reply(dear, { dryRun }),
    'a profile': updateBusinessProfile({ about: dear }),
    'a new template': createTemplate(
      job(
        '({ name: "a", language: "sw", category: "UTILITY", components: [{ type: "BODY", text: `Dear ${state.data.nmae}` }] })',
      ),
    ),
    'a template that changes': updateTemplate(
      '1',
      job('({ components: [{ type: "BODY", text: `${state.data.nmae}` }] })'),
    ),
    'a raw message': request(
      'POST',
      'messages',
      job('({ to: "1", type: "text", text: { body: `${state.data.nmae}` } })'),
    ),
  };
  for (const [where, operation] of Object.entries(everywhere)) {
    it(`is refused in ${where}`, () =>
      rejects(operation(state), { code: 'VALUE_MISSING' }));
  }

  it('is one row of a broadcast, and hinders no other', async () => {
    const items = [{ nmae: 'Amina' }, { name: 'Baraka' }, { nmae: 'Chiku' }];
    const { result } = await collectLogs(() =>
      broadcast(items, sendMessage(to, job('`Dear ${state.data.nmae}`')), {
        dryRun,
      })(state),
    );
    const { failed, messages } = result.data as any;

    expect(failed.map(({ error }: any) => error.code)).to.deep.equal([
      'VALUE_MISSING',
    ]);
    expect(messages).to.have.length(2);
  });
});
