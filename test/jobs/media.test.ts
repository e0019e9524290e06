import { expect } from 'chai';
import { startSimulator } from '../../simulator/src/index';
import type { Simulator } from '../../simulator/src/index';
import { PHOTO } from '../../simulator/src/media/samples';
import { exampleState, run } from './run';

describe('a job with files', () => {
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());

  it('finds the ID of the media in state.errors when the send fails', async () => {
    const { failure } = await run(
      `sendMedia('+1555 0131026', 'document', { content: $.data.invoice });`,
      exampleState(simulator),
    );

    expect(failure?.details).to.include({ metaCode: 131026, sent: 'no' });
    expect(failure?.details).to.have.property('mediaId').that.matches(/^\d+$/);
  });

  it('takes a Buffer of its own, and of an earlier step', async () => {
    const { final } = await run(
      `fn(state => ({ ...state, bytes: Buffer.from(state.data.invoice, 'base64') }));
       uploadMedia($.bytes);
       fn(state => ({ ...state, bytes: JSON.parse(JSON.stringify(state.bytes)) }));
       uploadMedia({ content: $.bytes });`,
      exampleState(simulator),
    );

    expect(final.data).to.have.all.keys('id');
    expect(simulator.requests).to.have.length(2);
  });

  it('hands a download on to the next step as JSON, and sends it again', async () => {
    const { final, failure } = await run(
      `downloadMedia($.data.photoId);
       sendMedia('+1 555 0100 101', 'image', $.data);
       sendMedia('+1 555 0100 101', 'image', $.references[1]);`,
      exampleState(simulator),
    );

    expect(failure).to.equal(undefined);
    expect(final.references).to.have.nested.property(
      '[1].content',
      PHOTO.toString('base64'),
    );
    expect(simulator.transcript()).to.have.length(2);
  });

  it('uploads the same content once in a run, and anew in the next', async () => {
    const job = `each([1, 2, 3], sendMedia('+1 555 0100 101', 'document', 'data:,Hello', { reuse: true }));`;

    await run(job, exampleState(simulator));
    await run(job, exampleState(simulator));

    const uploads = simulator.requests.filter(({ path }) =>
      path.endsWith('media'),
    );
    expect(uploads).to.have.length(2);
    expect(simulator.transcript()).to.have.length(6);
  });
});
