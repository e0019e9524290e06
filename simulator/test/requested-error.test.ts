import { expect } from 'chai';
import { useSimulator } from './call';
import { KINDS } from './messages';

const ASKED: [number: string, code: number, status: number][] = [
  ['+1555 0131026', 131026, 400],
  ['1555131026', 131026, 400],
  ['+1 (555) 013-1047', 131047, 400],
  ['+1555 0080007', 80007, 400],
  ['+1555 0000190', 190, 401],
  ['+1555 0000100', 100, 400],
  ['+1555 0131000', 131000, 500],
  ['+1555 0132001', 132001, 404],
];

describe('a number', () => {
  const { simulator, send } = useSimulator();
  const sendTo = (to: string) => send({ ...KINDS.text, to });

  for (const [to, code, status] of ASKED)
    it(`${to} asks for error ${code}`, async () => {
      const answer = await sendTo(to);

      expect(answer.status).to.equal(status);
      expect(answer.body.error.code).to.equal(code);
      expect(simulator().transcript()).to.deep.equal([]);
    });

  for (const to of [
    '+1 555 0100',
    '+1 555 0190',
    '+1 555 010 0100',
    '+15550000001',
    '+254 700 131026',
    '+15560131026',
    '+15550999999',
  ])
    it(`${to} asks for nothing`, async () => {
      expect((await sendTo(to)).status).to.equal(200);
    });

  it('is checked like any other before it gets its error', async () => {
    const { body } = await send({ type: 'text', to: '+15550131026' });

    expect(body.error.code).to.equal(131008);
  });
});
