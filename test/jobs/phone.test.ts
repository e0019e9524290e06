import { expect } from 'chai';
import { startSimulator } from '../../simulator/src/index';
import type { Simulator } from '../../simulator/src/index';
import { exampleState, read, run } from './run';

/** What the examples in src/phone.ts read. */
const DATA = {
  from: '254712345678',
  patients: [
    { phone: '0712 345 678', country: 'KE' },
    { phone: '+255 712 345 678', country: 'TZ' },
  ],
};

describe('phone in a job', () => {
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());

  const inJob = async (source: string, data: object = {}) => {
    const state = exampleState(simulator);
    const { final, failure } = await run(source, {
      ...state,
      data: { phone: '0712 345 678', ...DATA, ...data },
    });
    expect(failure).to.equal(undefined);
    return final as Record<string, unknown>;
  };

  const examples = [
    ...read('src/phone.ts').matchAll(
      /<caption>(.+?)<\/caption>\n(.*?)^ \* @/gms,
    ),
  ].map(([, caption, lines]) => [caption, lines!.replaceAll(/^ \* ?/gm, '')]);

  it('has examples', () => {
    expect(examples).to.have.length.above(2);
  });

  for (const [caption, source] of examples) {
    it(`runs the example: ${caption}`, () => inJob(source!));
  }

  it('sends to the number that it has made', async () => {
    await inJob(
      "sendMessage(state => phone.normalize(state.data.phone, 'KE'), 'Hello');",
    );

    expect(simulator.transcript()[0]).to.include({ to: '+254712345678' });
  });

  it('finds who wrote', async () => {
    const { found } = await inJob(
      `fn(state => ({
        ...state,
        found: state.data.patients.findIndex(patient =>
          phone.sameRecipient(
            phone.normalize(patient.phone, patient.country),
            state.data.from
          )
        )
      }));`,
    );

    expect(found).to.equal(0);
  });

  it('is done by a send itself with defaultCountry', async () => {
    const final = await inJob(
      "sendMessage($.data.phone, 'Hello', { defaultCountry: 'KE' });",
    );

    expect(simulator.transcript()[0]).to.include({ to: '+254712345678' });
    expect(final['data']).to.include({ to: '0712 345 678' });
  });
});
