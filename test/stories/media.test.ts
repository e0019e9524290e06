import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { expect } from 'chai';
import {
  deleteMedia,
  downloadMedia,
  getMedia,
  request,
  sendMedia,
  uploadMedia,
} from '../../src/index';
import type { Download, Operation, State } from '../../src/index';
import type { Simulator } from '../../simulator/src/index';
import { PHOTO, PHOTO_ID } from '../../simulator/src/media/samples';
import * as files from '../media/files';
import { collectLogs } from '../quiet';
import { rejects } from '../rejects';
import { onSimulator } from './on-simulator';

const to = '+1 555 0100 123';
const ATTACHMENTS = '/whatsapp_business/attachments';

async function readUpload({
  contentType,
  rawBody,
}: Simulator['requests'][number]) {
  const parts: Record<string, string> = {};
  const parser = busboy({ headers: { 'content-type': contentType } });
  parser.on('field', (name, value) => (parts[name] = value));
  parser.on('file', (name, stream, { filename, mimeType }) => {
    Object.assign(parts, { filename, mimeType, [name]: '' });
    stream.setEncoding('latin1');
    stream.on('data', (text: string) => (parts[name] += text));
  });
  await pipeline(Readable.from([Buffer.from(rawBody, 'latin1')]), parser);
  return parts;
}

describe('moving media', () => {
  const world = onSimulator();
  let simulator: Simulator;
  let state: State;

  beforeEach(() => {
    simulator = world.simulator();
    state = {
      ...world.state(),
      data: { photo: PHOTO_ID },
    };
  });

  const runAll = (operation: Operation) => collectLogs(() => operation(state));
  const run = async (operation: Operation) => (await runAll(operation)).result;
  const dataOf = async <T>(operation: Operation) =>
    (await run(operation)).data as T;
  const upload = (...args: Parameters<typeof uploadMedia>) =>
    dataOf<{ id: string }>(uploadMedia(...args));

  /** The uploads, read back by a parser of another make. */
  const uploads = () =>
    Promise.all(
      simulator.requests
        .filter(({ path }) => path.endsWith('/media'))
        .map(readUpload),
    );

  describe('uploadMedia', () => {
    it('leaves the ID, and the facts of the exchange', async () => {
      const next = await run(uploadMedia(files.png()));

      expect(next.data).to.have.all.keys('id');
      expect(next.response).to.deep.include({
        method: 'POST',
        path: '/v25.0/100000000000001/media',
        statusCode: 200,
        attempts: 1,
      });
      expect(next.references).to.deep.equal([state.data]);
    });

    const bytes = files.jpeg();
    const sources: Record<string, () => unknown> = {
      'a Buffer': () => bytes,
      base64: () => bytes.toString('base64'),
      'a data URI': () => `data:image/png;base64,${bytes.toString('base64')}`,
      'a Node stream': () => Readable.from([bytes]),
      'a web stream': () => Readable.toWeb(Readable.from([bytes])),
      'a function of state': () => () => ({ content: bytes }),
    };
    for (const [name, make] of Object.entries(sources)) {
      it(`sends ${name} byte for byte, with the type that it has`, async () => {
        await upload(make() as Buffer, { filename: 'photo.png' });

        expect(await uploads()).to.deep.equal([
          {
            messaging_product: 'whatsapp',
            type: 'image/jpeg',
            file: bytes.toString('latin1'),
            filename: 'photo.jpg',
            mimeType: 'image/jpeg',
          },
        ]);
      });
    }

    it('fetches an address, and takes its name from there', async () => {
      await upload(`${simulator.url}/simulator/files/leaflet.pdf`);

      expect((await uploads())[0]).to.include({
        type: 'application/pdf',
        filename: 'leaflet.pdf',
      });
    });

    it('takes what a download leaves', async () => {
      const download = await dataOf<Download>(downloadMedia(PHOTO_ID));
      await upload(download as never);

      expect((await uploads())[0]).to.include({
        file: PHOTO.toString('latin1'),
        type: 'image/jpeg',
      });
    });

    it('tells Opus from what is called so', async () => {
      await upload(files.ogg(), { filename: 'voice.mp4', type: 'audio/opus' });

      expect((await uploads())[0]).to.include({
        type: 'audio/ogg; codecs=opus',
        filename: 'voice.ogg',
      });
    });

    it('refuses what Meta would not take, before anything is sent', async () => {
      const refused: [unknown, string][] = [
        [files.ogg('vorbis'), 'MEDIA_UNSUPPORTED'],
        [files.jpeg(4), 'MEDIA_UNSUPPORTED'],
        [files.webp({ size: 101 * 1024 }), 'MEDIA_TOO_LARGE'],
        [files.webp({ isAnimated: true, size: 501 * 1024 }), 'MEDIA_TOO_LARGE'],
        [Readable.from([Buffer.alloc(0)]), 'INVALID_FILE'],
        [Buffer.alloc(0), 'INVALID_FILE'],
        [Readable.from([{ a: 1 }]), 'INVALID_FILE'],
      ];
      for (const [file, code] of refused) {
        await rejects(run(uploadMedia(file as Buffer)), { code, sent: 'no' });
      }

      expect(simulator.requests).to.have.length(0);
    });

    it('takes an animated sticker of 500 KB', async () => {
      await upload(files.webp({ isAnimated: true, size: 499 * 1024 }));

      expect((await uploads())[0]).to.include({ filename: 'sticker.webp' });
    });

    it('repeats an upload of bytes after a fault', async () => {
      simulator.fault({ path: '/media', status: 503 });

      await upload(files.png(), { retry: { delay: 1 } });

      expect(await uploads()).to.have.length(2);
      expect((await uploads())[0]).to.deep.equal((await uploads())[1]);
    });

    it('sends a stream only once', async () => {
      simulator.fault({ path: '/media', status: 503 });
      const stream = Readable.from([files.png()]);

      await rejects(run(uploadMedia(stream, { retry: { delay: 1 } })), {
        statusCode: 503,
        sent: 'no',
        retryable: true,
      });

      expect(await uploads()).to.have.length(1);
    });

    it('uploads the same content once when it may be used again', async () => {
      const file = () => ({ content: files.pdf(7), filename: 'a.pdf' });
      const [one, two, three] = await Promise.all([
        upload(file(), { reuse: true }),
        upload(files.pdf(7).toString('base64') as never, {
          reuse: true,
          filename: 'b.pdf',
        }),
        upload(files.pdf(8), { reuse: true, filename: 'a.pdf' }),
      ]);

      expect(two).to.deep.equal(one);
      expect(three.id).not.to.equal(one.id);
      expect(await uploads()).to.have.length(2);
    });

    it('uploads it again after it was deleted, after a failure, and for another number', async () => {
      const again = () => upload(files.pdf(9), { reuse: true });
      simulator.fault({ path: '/media', code: 100 });
      await rejects(again(), { metaCode: 100 });
      const { id } = await again();

      await run(deleteMedia(id));
      await again();
      state.configuration = {
        ...(state.configuration as object),
        phoneNumberId: '100000000000002',
      };
      await again();

      expect(await uploads()).to.have.length(4);
    });

    it('does not take the same bytes for the same when they are to be something else', async () => {
      const bytes = files.ftyp('isom');

      await run(sendMedia(to, 'video', bytes, { reuse: true }));
      await run(sendMedia(to, 'audio', bytes, { reuse: true }));

      expect((await uploads()).map(({ type }) => type)).to.deep.equal([
        'video/mp4',
        'audio/mp4',
      ]);
    });

    it('cannot use a stream again', async () => {
      await rejects(
        run(uploadMedia(Readable.from([files.png()]), { reuse: true })),
        { code: 'INVALID_OPTIONS' },
      );
    });

    it('shows what it would send', async () => {
      const data = await dataOf(
        uploadMedia(files.png(), { filename: 'x.gif', dryRun: true }),
      );

      expect(data).to.deep.equal({
        dryRun: true,
        method: 'POST',
        path: '/v25.0/100000000000001/media',
        body: {
          messaging_product: 'whatsapp',
          type: 'image/png',
          file: { filename: 'x.png', size: files.png().length },
        },
      });
      expect(simulator.requests).to.have.length(0);
    });
  });

  describe('sendMedia', () => {
    const invoice = () => ({
      content: files.pdf().toString('base64'),
      filename: 'invoice',
    });

    it('uploads a file, and sends it', async () => {
      const { data, response } = await run(
        sendMedia(to, 'document', invoice(), { caption: 'Your invoice' }),
      );

      const { mediaId } = data as { mediaId: string };
      expect(data).to.include({ to, status: 'accepted' });
      expect(response)
        .to.have.property('path')
        .that.matches(/messages$/);
      expect((await uploads())[0]).to.include({ filename: 'invoice.pdf' });
      expect(simulator.transcript()[0]!.message).to.deep.include({
        type: 'document',
        document: {
          id: mediaId,
          filename: 'invoice.pdf',
          caption: 'Your invoice',
        },
      });
    });

    it('calls a document what the options call it', async () => {
      await run(
        sendMedia(to, 'document', invoice(), { filename: 'amina.doc' }),
      );

      const { message } = simulator.transcript()[0]!;
      expect((await uploads())[0]).to.include({ filename: 'amina.pdf' });
      expect(message).to.have.nested.property('document.filename', 'amina.pdf');
    });

    it('names only a document', async () => {
      await run(
        sendMedia(to, 'image', { content: files.png(), filename: 'a.png' }),
      );

      expect(simulator.transcript()[0]!.message['image']).to.have.all.keys(
        'id',
      );
    });

    it('sends a voice message', async () => {
      await run(sendMedia(to, 'audio', files.ogg(), { voice: true }));

      expect((await uploads())[0]).to.include({
        type: 'audio/ogg; codecs=opus',
      });
      expect(simulator.transcript()[0]!.message).to.have.nested.property(
        'audio.voice',
        true,
      );
    });

    it('uploads one leaflet for many people', async () => {
      for (const last of [1, 2, 3]) {
        await run(
          sendMedia(`+1 555 0100 10${last}`, 'document', invoice(), {
            reuse: true,
            filename: `for-${last}.pdf`,
          }),
        );
      }

      expect(await uploads()).to.have.length(1);
      expect(
        simulator.transcript().map(({ message }) => message['document']),
      ).to.deep.equal(
        [1, 2, 3].map(last => ({
          id: (simulator.transcript()[0]!.message['document'] as { id: string })
            .id,
          filename: `for-${last}.pdf`,
        })),
      );
    });

    it('gives the ID of the media when the send fails', async () => {
      const error = await rejects(
        run(sendMedia('+1555 0131026', 'document', invoice())),
        { code: 'RECIPIENT_REFUSED', metaCode: 131026, sent: 'no' },
      );

      expect(error.mediaId).to.match(/^\d+$/);
      expect(error.description).to.contain('was uploaded');
      expect(error.fix).to.contain('mediaId');
      expect(error.message).to.contain('was uploaded');
      await run(sendMedia(to, 'document', error.mediaId!));
      expect(await uploads()).to.have.length(1);
    });

    it('finds what is wrong with the message before it uploads', async () => {
      const wrong = [
        sendMedia('letters', 'document', invoice()),
        sendMedia(to, 'song' as 'audio', invoice()),
        sendMedia(to, 'sticker', files.webp(), { caption: 'x' }),
        sendMedia(to, 'image', invoice()),
        sendMedia(to, 'audio', files.mp3(), { voice: true }),
        sendMedia(to, 'document', invoice(), { captoin: 'x' } as object),
        sendMedia(to, 'document', { ...invoice(), caption: 'x' }),
      ];
      for (const operation of wrong) {
        await rejects(run(operation), { sent: 'no' });
      }

      expect(simulator.requests).to.have.length(0);
    });

    it('shows what it would upload and send', async () => {
      const data = await dataOf(
        sendMedia(to, 'document', invoice(), { dryRun: true }),
      );

      expect(data).to.deep.include({
        dryRun: true,
        method: 'POST',
        path: '/v25.0/100000000000001/messages',
        upload: {
          method: 'POST',
          path: '/v25.0/100000000000001/media',
          body: {
            messaging_product: 'whatsapp',
            type: 'application/pdf',
            file: { filename: 'invoice.pdf', size: 9 },
          },
        },
      });
      expect(data).to.have.nested.property(
        'body.document.filename',
        'invoice.pdf',
      );
      expect(simulator.requests).to.have.length(0);
    });

    it('neither reads a stream nor fetches an address only to show it', async () => {
      const stream = Readable.from([files.png()]);
      await run(sendMedia(to, 'image', stream, { dryRun: true }));
      const data = await dataOf(
        sendMedia(
          to,
          'document',
          { content: 'https://clinic.example/a/leaflet.pdf?secret=1' },
          { dryRun: true },
        ),
      );

      expect(Readable.isDisturbed(stream)).to.equal(false);
      expect(data).to.have.nested.property('upload.body.file.filename');
      expect(JSON.stringify(data)).not.to.contain('secret');
    });

    it('refuses a file where an ID or a link would do, before anything is sent', async () => {
      for (const media of [
        './CANARY.pdf',
        'C:\\CANARY.pdf',
        files.png().toString('base64'),
      ]) {
        const error = await rejects(run(sendMedia(to, 'document', media)), {
          code: 'INVALID_FILE',
          sent: 'no',
        });
        expect(error.message).to.contain('{ content, filename }');
        expect(error.message).not.to.contain('CANARY');
      }

      expect(simulator.requests).to.have.length(0);
    });

    it('still sends an ID, a link and an object of Meta as they are', async () => {
      await run(sendMedia(to, 'image', PHOTO_ID));
      await run(sendMedia(to, 'image', 'https://clinic.example/a.png'));
      await run(sendMedia(to, 'image', { id: PHOTO_ID }, { reuse: true }));

      expect(await uploads()).to.have.length(0);
      expect(simulator.transcript()).to.have.length(3);
    });
  });

  describe('getMedia and deleteMedia', () => {
    it('leave what is known of a media', async () => {
      const data = await dataOf(getMedia(PHOTO_ID));

      expect(data).to.deep.include({
        id: PHOTO_ID,
        mimeType: 'image/jpeg',
        fileSize: PHOTO.length,
        sha256: createHash('sha256').update(PHOTO).digest('hex'),
      });
      expect(data)
        .to.have.property('url')
        .that.contains(simulator.url + ATTACHMENTS);
    });

    it('delete it', async () => {
      const { id } = await upload(files.png());

      expect(await dataOf(deleteMedia(id))).to.deep.equal({
        id,
        success: true,
      });
      const error = await rejects(run(getMedia(id)), {
        code: 'MEDIA_NOT_FOUND',
        metaCode: 100,
        metaSubcode: 33,
      });
      expect(error.fix).to.contain('30 days');
    });

    it('find nothing of another number', async () => {
      const { id } = await upload(files.png());

      await run(getMedia(id, { phoneNumberId: '100000000000001' }));
      for (const operation of [getMedia, deleteMedia, downloadMedia]) {
        await rejects(run(operation(id, { phoneNumberId: '9' })), {
          code: 'MEDIA_NOT_FOUND',
        });
      }
    });
  });

  describe('downloadMedia', () => {
    const sha256 = createHash('sha256').update(PHOTO).digest('hex');

    it('leaves a file that is proved, and survives JSON', async () => {
      const { data, response } = await run(
        downloadMedia(s => (s.data as { photo: string }).photo),
      );

      expect(data).to.deep.equal({
        id: PHOTO_ID,
        content: PHOTO.toString('base64'),
        mimeType: 'image/jpeg',
        filename: `${PHOTO_ID}.jpg`,
        fileSize: PHOTO.length,
        sha256,
        verified: true,
      });
      expect(JSON.parse(JSON.stringify(data))).to.deep.equal(data);
      expect(JSON.stringify(response)).not.to.contain('"data"');
      expect(response).to.include({ statusCode: 200 });
    });

    it('reads text, and JSON', async () => {
      const { id } = await upload(Buffer.from('\ufeff{"a":"ä"}'), {
        filename: 'a.txt',
      });

      expect(await dataOf(downloadMedia(id, { as: 'text' }))).to.include({
        content: '{"a":"ä"}',
      });
      expect(await dataOf(downloadMedia(id, { as: 'json' }))).to.deep.include({
        content: { a: 'ä' },
      });
      for (const as of ['text', 'json'] as const) {
        await rejects(run(downloadMedia(PHOTO_ID, { as })), {
          code: 'MEDIA_UNREADABLE',
        });
      }
    });

    it('takes the object of a message, with its name and its hash', async () => {
      const { url } = await dataOf<{ url: string }>(getMedia(PHOTO_ID));
      const message = {
        id: PHOTO_ID,
        url,
        mime_type: 'image/jpeg',
        filename: '../wound.jpg',
        sha256: createHash('sha256').update(PHOTO).digest('base64'),
      };
      simulator.reset();

      expect(await dataOf(downloadMedia(message))).to.include({
        filename: 'wound.jpg',
        verified: true,
      });
      expect(simulator.requests).to.have.length(1);
      await rejects(
        run(downloadMedia({ ...message, sha256: 'a'.repeat(64) })),
        { code: 'MEDIA_MISMATCH' },
      );
    });

    it('takes a URL, whose file cannot be proved wholly', async () => {
      const { url } = await dataOf<{ url: string }>(getMedia(PHOTO_ID));

      expect(await dataOf(downloadMedia(url))).to.include({
        id: PHOTO_ID,
        sha256,
        verified: false,
      });
    });

    it('asks anew once when the URL is too old', async () => {
      simulator.fault({ media: 'expired' });
      expect(await dataOf(downloadMedia(PHOTO_ID))).to.include({
        verified: true,
      });
      expect(simulator.requests).to.have.length(4);

      simulator.reset();
      simulator.fault({ media: 'expired', times: 2 });
      await rejects(run(downloadMedia(PHOTO_ID)), { code: 'MEDIA_EXPIRED' });
      expect(simulator.requests).to.have.length(4);
    });

    it('says that a URL is too old when nobody knows its ID', async () => {
      const error = await rejects(
        run(downloadMedia(`${simulator.url}${ATTACHMENTS}/?ext=1`)),
        { code: 'MEDIA_EXPIRED', statusCode: 404 },
      );

      expect(error.fix).to.contain('ID');
    });

    const faults = {
      truncated: 'MEDIA_MISMATCH',
      altered: 'MEDIA_MISMATCH',
      cut: 'CONNECTION_LOST',
      redirect: 'REDIRECT_REFUSED',
    } as const;
    for (const [media, code] of Object.entries(faults)) {
      it(`keeps nothing of a download that is ${media}`, async () => {
        simulator.fault({ media: media as keyof typeof faults, times: 9 });

        const { result, lines } = await collectLogs(() =>
          rejects(downloadMedia(PHOTO_ID, { retry: { delay: 1 } })(state), {
            code,
            sent: 'no',
          }),
        );

        expect(result).not.to.have.property('content');
        expect(lines.join()).not.to.match(/CANARY|103754|example/);
      });
    }

    it('repeats a download that broke off', async () => {
      simulator.fault({ media: 'cut' });

      expect(
        await dataOf(downloadMedia(PHOTO_ID, { retry: { delay: 1 } })),
      ).to.include({ verified: true });
    });

    it('stops at maxSize, before it reads or while it does', async () => {
      const { url } = await dataOf<{ url: string }>(getMedia(PHOTO_ID));
      simulator.reset();

      const error = await rejects(
        run(downloadMedia(PHOTO_ID, { maxSize: PHOTO.length - 1 })),
        { code: 'MEDIA_TOO_LARGE' },
      );
      expect(error.description).to.contain(`${PHOTO.length - 1} bytes`);
      expect(simulator.requests).to.have.length(1);
      await rejects(run(downloadMedia(url, { maxSize: 10 })), {
        code: 'MEDIA_TOO_LARGE',
      });
      await run(downloadMedia(PHOTO_ID, { maxSize: PHOTO.length }));
    });

    it('sends the token to no other host', async () => {
      for (const url of [
        'https://files.example/photo.jpg',
        'https://fbsbx.com.files.example/photo.jpg',
        'https://files.example/?x=.fbsbx.com',
        'https://lookaside.fbsbx.com:8443/photo.jpg',
        'https://lookaside.fbsbx.com@files.example/photo.jpg',
        'https://me:secret@lookaside.fbsbx.com/photo.jpg',
        'http://lookaside.fbsbx.com/photo.jpg',
      ]) {
        await rejects(run(downloadMedia(url)), { code: 'HOST_REFUSED' });
      }
    });

    it('refuses what it cannot do, before anything is asked', async () => {
      const wrong: [unknown, object, string][] = [
        ['two words', {}, 'INVALID_MEDIA'],
        [PHOTO_ID, { as: 'xml' }, 'INVALID_OPTIONS'],
        [PHOTO_ID, { maxSize: '5 MB' }, 'INVALID_OPTIONS'],
        [PHOTO_ID, { method: 'PUT' }, 'INVALID_OPTIONS'],
        [PHOTO_ID, { too: 'x' }, 'INVALID_OPTIONS'],
        [PHOTO_ID, { to: 'ftp://x/y' }, 'INVALID_ADDRESS'],
        [PHOTO_ID, { to: `${simulator.url}/x`, as: 'text' }, 'INVALID_OPTIONS'],
        [
          PHOTO_ID,
          { to: `${simulator.url}/x`, method: 'GET' },
          'INVALID_OPTIONS',
        ],
        [PHOTO_ID, { to: `${simulator.url}/x`, field: 7 }, 'INVALID_OPTIONS'],
        [
          PHOTO_ID,
          { to: `${simulator.url}/x`, headers: { 'a b': 'c' } },
          'INVALID_OPTIONS',
        ],
      ];
      for (const [media, options, code] of wrong) {
        await rejects(run(downloadMedia(media as string, options)), { code });
      }

      expect(simulator.requests).to.have.length(0);
    });
  });

  describe('request', () => {
    const form = { messaging_product: 'whatsapp', type: 'image/png' };
    const fileOf = (content: unknown) => ({
      name: 'file',
      filename: 'a.png',
      type: 'image/png',
      content,
    });

    it('uploads files as they come, as Buffers and as streams', async () => {
      for (const content of [files.png(), Readable.from([files.png()])]) {
        await run(
          request('POST', 'media', undefined, {
            form,
            files: [fileOf(content)],
            headers: { 'content-type': 'application/json' },
          }),
        );
      }

      for (const sent of await uploads()) {
        expect(sent).to.include({
          ...form,
          file: files.png().toString('latin1'),
          filename: 'a.png',
        });
      }
      expect(simulator.requests).to.have.length(2);
    });

    it('repeats a refused upload only when it has all bytes', async () => {
      const upload = (content: unknown) =>
        run(
          request('POST', 'media', undefined, {
            form,
            files: [fileOf(content)],
            retry: { delay: 1 },
          }),
        );
      simulator.fault({ code: 130429 });
      await upload(files.png());
      simulator.fault({ code: 130429 });
      await rejects(upload(Readable.from([files.png()])), { metaCode: 130429 });

      expect(simulator.requests).to.have.length(3);
    });
  });

  it('logs one line for each exchange, without IDs, names or addresses', async () => {
    const { lines } = await collectLogs(async () => {
      await sendMedia(to, 'image', files.png())(state);
      await uploadMedia(`${simulator.url}/simulator/files/leaflet.pdf`)(state);
      await downloadMedia(PHOTO_ID, {
        to: `${simulator.url}/simulator/files/amina-yusuf.jpg`,
      })(state);
    });

    expect(lines.map(line => line.replace(/\d+ ms/, 'n ms'))).to.deep.equal([
      'POST media 200 in n ms',
      'POST messages 200 in n ms',
      'GET the file of another server 200 in n ms',
      'POST media 200 in n ms',
      'GET * 200 in n ms',
      'GET media 200 in n ms',
      'PUT to another system 201 in n ms',
    ]);
  });
});
