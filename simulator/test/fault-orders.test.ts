import { expect } from 'chai';
import { useSimulator } from './call';
import { KINDS } from './messages';

const hello = KINDS.text!;

describe('faults that are ordered', () => {
  const { simulator, send, post, call } = useSimulator();

  it('wait for a call of their path', async () => {
    simulator().fault({ code: 2, path: '/media' });

    expect((await send(hello)).status).to.equal(200);
    expect((await call('/v25.0/17/media')).status).to.equal(503);
  });

  it('wait for their turn', async () => {
    simulator().fault({ code: 4 });
    simulator().fault({ code: 2 });

    const codes = [await send(hello), await send(hello)];

    expect(codes.map(({ body }) => body.error.code)).to.deep.equal([4, 2]);
  });

  it('can be seen and taken back over HTTP', async () => {
    const order = await post('/simulator/faults', { times: 2, code: 4 });
    await send(hello);
    const waiting = await call('/simulator/faults');
    await call('/simulator/faults', { method: 'DELETE' });

    expect(order.body).to.deep.equal({ success: true });
    expect(waiting.body).to.deep.equal({ data: [{ times: 1, code: 4 }] });
    expect((await send(hello)).status).to.equal(200);
  });

  const nonsense: [string, object][] = [
    ['nothing', {}],
    ['an unknown word', { code: 4, often: 2 }],
    ['no times', { code: 4, times: 0 }],
    ['a reset with a code', { reset: 'after', code: 4 }],
    ['another reset', { reset: 'during' }],
    ['two answers', { code: 4, body: 'x' }],
    ['a body where none may be', { status: 204, body: 'x' }],
    ['a status that is none', { status: 99 }],
    ['headers that are none', { headers: { 'a b': 'c' } }],
  ];
  const wrong: [object, string][] = [
    [{ code: 4, often: 2 }, 'The fault has a field often that is not known.'],
    [{ path: 7 }, 'The field path of the fault must be text.'],
    [{ code: 4, path: ' ' }, 'The field path of the fault is empty.'],
    [
      { code: 'x' },
      'The field code of the fault must be a whole number from 0.',
    ],
    [
      { status: 99 },
      'The field status of the fault must be a whole number from 200 to 599.',
    ],
  ];
  for (const [fault, details] of wrong)
    it(`are refused in plain words: ${details}`, async () => {
      const { body } = await post('/simulator/faults', fault);

      expect(body.error.error_data.details).to.equal(details);
    });

  it('say which field of another input is missing', async () => {
    const number = await post('/simulator/numbers', {});
    const verdict = await post('/simulator/templates/notice', {});

    expect(number.body.error.error_data.details).to.equal(
      'The field id of the number is missing.',
    );
    expect(verdict.body.error.error_data.details).to.equal(
      'The field status of the verdict is missing.',
    );
  });

  for (const [story, fault] of nonsense)
    it(`cannot be ${story}`, async () => {
      const { status, body } = await post('/simulator/faults', fault);

      expect(status).to.equal(400);
      expect(body.error.error_data.details).to.be.a('string');
      expect(() => simulator().fault(fault)).to.throw();
      expect((await send(hello)).status).to.equal(200);
    });
});
