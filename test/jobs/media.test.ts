import { expect } from 'chai';
import { startSandbox } from '../../sandbox/src/index';
import type { Sandbox } from '../../sandbox/src/index';
import { PHOTO } from '../../sandbox/src/media/samples';
import { exampleState, run } from './run';

describe('a job with files', () => {
  let sandbox: Sandbox;

  before(async () => {
    sandbox = await startSandbox();
  });
  beforeEach(() => sandbox.reset());
  after(() => sandbox.close());

  it('finds the ID of the media in state.errors when the send fails', async () => {
    const { failure } = await run(
      `sendMedia('+1555 0131026', 'document', { content: $.data.invoice });`,
      exampleState(sandbox),
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
      exampleState(sandbox),
    );

    expect(final.data).to.have.all.keys('id');
    expect(sandbox.requests).to.have.length(2);
  });

  it('hands a download on to the next step as JSON, and sends it again', async () => {
    const { final, failure } = await run(
      `downloadMedia($.data.photoId);
       sendMedia('+1 555 0100 101', 'image', $.data);
       sendMedia('+1 555 0100 101', 'image', $.references[1]);`,
      exampleState(sandbox),
    );

    expect(failure).to.equal(undefined);
    expect(final.references).to.have.nested.property(
      '[1].content',
      PHOTO.toString('base64'),
    );
    expect(sandbox.transcript()).to.have.length(2);
  });

  it('uploads the same content once in a run, and anew in the next', async () => {
    const job = `each([1, 2, 3], sendMedia('+1 555 0100 101', 'document', 'data:,Hello', { reuse: true }));`;

    await run(job, exampleState(sandbox));
    await run(job, exampleState(sandbox));

    const uploads = sandbox.requests.filter(({ path }) =>
      path.endsWith('media'),
    );
    expect(uploads).to.have.length(2);
    expect(sandbox.transcript()).to.have.length(6);
  });
});
