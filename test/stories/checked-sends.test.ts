import { expect } from 'chai';
import { sendTemplate } from '../../src/index';
import type { Operation } from '../../src/index';
import { collectLogs } from '../quiet';
import { rejects } from '../rejects';
import { onSimulator, to, WABA } from './on-simulator';

/** The body of a template's definition. */
const body = (text: string, example?: object) => ({
  type: 'BODY',
  text,
  ...(example && { example }),
});

const definition = (name: string, more: object = {}) => ({
  name,
  language: 'en_US',
  category: 'UTILITY',
  components: [body('The clinic is open.')],
  ...more,
});

describe('sendTemplate with check', () => {
  const { simulator, state, configure, run, received } = onSimulator();
  const check = true;
  let name: string;

  // What is looked up is kept for a run, so each test has its own template.
  let count = 0;
  beforeEach(() => {
    name = `visit_${++count}`;
  });

  const add = (more: object = {}) =>
    simulator().addTemplate(WABA, definition(name, more));

  const named = () =>
    add({
      parameter_format: 'NAMED',
      components: [body('Dear {{name}}, see you on {{date}}.')],
    });

  const counted = () =>
    add({ components: [body('Dear {{1}}, see you on {{2}}.')] });

  const sentParameters = () => {
    const [message] = simulator()
      .transcript()
      .map(entry => entry.message);
    const { components } = message!['template'] as {
      components: { parameters: object[] }[];
    };
    return components[0]!.parameters;
  };

  it('sends what fits', async () => {
    named();

    const next = await run(
      sendTemplate(to, name, { date: '3 May', name: 'Amina' }, { check }),
    );

    expect(next.data).to.include({ to, status: 'accepted' });
    expect(received()).to.have.length(2);
  });

  it('refuses a long body when the template has other parts, before it is sent', async () => {
    const long = { 1: 'x'.repeat(1025) };
    add({ components: [body('On {{1}} then.')] });

    await run(sendTemplate(to, name, long, { check }));

    const footed = `${name}_footed`;
    simulator().addTemplate(
      WABA,
      definition(footed, {
        components: [body('On {{1}} then.'), { type: 'FOOTER', text: 'Bye' }],
      }),
    );
    await rejects(run(sendTemplate(to, footed, long, { check })), {
      code: 'TEMPLATE_MISMATCH',
      sent: 'no',
    });
    expect(simulator().transcript()).to.have.length(1);
  });

  it('fills numbered variables with an object of values', async () => {
    counted();

    await run(
      sendTemplate(to, name, { name: 'Amina', date: '3 May' }, { check }),
    );

    expect(sentParameters()).to.deep.equal([
      { type: 'text', text: 'Amina' },
      { type: 'text', text: '3 May' },
    ]);
  });

  it('fills variables by their numbers, whether they have names or not', async () => {
    named();

    await run(sendTemplate(to, name, { 2: '3 May', 1: 'Amina' }, { check }));

    expect(sentParameters()).to.deep.equal([
      { type: 'text', text: 'Amina', parameter_name: 'name' },
      { type: 'text', text: '3 May', parameter_name: 'date' },
    ]);
  });

  it('fills the variables of cards by their numbers, too', async () => {
    const card = {
      components: [
        { type: 'HEADER', format: 'IMAGE' },
        body('Boil {{1}} well.'),
      ],
    };
    add({
      category: 'MARKETING',
      components: [
        body('Clean water'),
        { type: 'CAROUSEL', cards: [card, card] },
      ],
    });
    const header = { image: { id: '1' } };
    const carousel = [
      { header, body: { 1: 'water' } },
      { header, body: ['milk'] },
    ];

    await run(sendTemplate(to, name, [], { check, carousel }));

    expect(JSON.stringify(simulator().transcript()[0])).to.match(/water.*milk/);
  });

  it('loses no value that is numbered from 0', async () => {
    add({ components: [body('Dear {{1}}, welcome.')] });

    await rejects(
      run(sendTemplate(to, name, { 0: 'Amina', 1: 'Yusuf' }, { check })),
      { code: 'INVALID_TEMPLATE', sent: 'no' },
    );
    expect(simulator().transcript()).to.have.length(0);
  });

  it('names what is missing, and sends nothing', async () => {
    named();

    const error = await rejects(
      run(sendTemplate(to, name, { name: 'Amina' }, { check })),
      { code: 'TEMPLATE_MISMATCH', sent: 'no' },
    );

    expect(error.description).to.equal(
      `${name} (en_US) needs name, date; you gave name.`,
    );
    expect(simulator().transcript()).to.have.length(0);
  });

  it('looks a template up once for 3,000 sends at the same time', async () => {
    counted();

    await collectLogs(() =>
      Promise.all(
        Array.from({ length: 3000 }, () =>
          sendTemplate(to, name, ['Amina', '3 May'], { check, dryRun: true })(
            state(),
          ),
        ),
      ),
    );

    expect(simulator().requests).to.have.length(1);
  });

  it('looks it up again when that failed', async () => {
    counted();
    simulator().fault({ code: 190 });
    const send = sendTemplate(to, name, ['Amina', '3 May'], { check });
    await rejects(run(send), { code: 'NOT_AUTHORIZED' });

    await run(send);

    expect(simulator().transcript()).to.have.length(1);
  });

  for (const status of ['IN_APPEAL', 'REJECTED', 'PAUSED', 'DISABLED']) {
    it(`says what can be sent instead of what is ${status}`, async () => {
      add({ status, language: 'en_US' });
      add({ language: 'sw' });

      const error = await rejects(run(sendTemplate(to, name, [], { check })), {
        code: 'TEMPLATE_UNAVAILABLE',
        sent: 'no',
      });

      expect(error.description).to.match(
        new RegExp(
          `^${name} \\(en_US\\) is [A-Z_]+, so it cannot be sent; approved are ${name} \\(sw\\)\\.$`,
        ),
      );
    });
  }

  it('sends without looking when check is null', async () => {
    await run(sendTemplate(to, name, [], { check: null } as never));

    expect(simulator().requests).to.have.length(1);
  });

  it('refuses bad input before it asks for the template', async () => {
    counted();
    const bad: [Operation, string][] = [
      [sendTemplate('0712', name, ['a', 'b'], { check }), 'INVALID_RECIPIENT'],
      [
        sendTemplate(to, name, { 1: '', 2: 'b' }, { check }),
        'INVALID_TEMPLATE',
      ],
      [
        sendTemplate(to, name, [], { check: 'yes' } as never),
        'INVALID_OPTIONS',
      ],
    ];

    for (const [operation, code] of bad)
      await rejects(run(operation), { code });

    expect(simulator().requests).to.have.length(0);
  });

  it('needs the ID of the account', async () => {
    configure({ wabaId: '' });

    await rejects(run(sendTemplate(to, name, [], { check })), {
      code: 'CONFIGURATION_MISSING',
    });
  });
});
