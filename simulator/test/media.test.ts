import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { PHOTO, PHOTO_ID } from '../src/media/samples';
import { PHONE_NUMBER_ID, TOKEN, useSimulator } from './call';

const authorization = `Bearer ${TOKEN}`;
const PDF = Buffer.from('%PDF-1.4\n\0\xff\r\n--', 'latin1');

const form = (fields: Record<string, string | Blob>, name = 'a.pdf') => {
  const data = new FormData();
  for (const [field, value] of Object.entries(fields))
    if (typeof value === 'string') data.append(field, value);
    else data.append(field, value, name);
  return data;
};

const upload = (type = 'application/pdf', bytes: Buffer = PDF) => ({
  messaging_product: 'whatsapp',
  type,
  file: new Blob([Uint8Array.from(bytes)], { type }),
});

describe('media', () => {
  const { simulator, call } = useSimulator();

  const post = async (body: FormData, headers = { authorization }) => {
    const path = `${simulator().url}/v25.0/${PHONE_NUMBER_ID}/media`;
    const answer = await fetch(path, { method: 'POST', body, headers });
    return { status: answer.status, body: (await answer.json()) as any };
  };
  const look = (id: string, query = '') => call(`/v25.0/${id}${query}`);
  const urlOf = async (id: string) => (await look(id)).body.url as string;
  const get = (
    url: string,
    headers: Record<string, string> = { authorization },
  ) => fetch(url, { headers, redirect: 'manual' });

  it('is uploaded, looked up and downloaded, byte for byte', async () => {
    const { body } = await post(form(upload()));
    const { url, ...facts } = (await look(body.id)).body;
    const answer = await get(url);

    expect(facts).to.deep.equal({
      messaging_product: 'whatsapp',
      mime_type: 'application/pdf',
      sha256: createHash('sha256').update(PDF).digest('base64'),
      file_size: PDF.length,
      id: body.id,
    });
    expect(answer.headers.get('content-type')).to.equal('application/pdf');
    expect(Buffer.from(await answer.arrayBuffer()).equals(PDF)).to.equal(true);
  });

  it('has a photo that a person sent, also after a reset', async () => {
    await call(`/v25.0/${PHOTO_ID}`, { method: 'DELETE' });
    simulator().reset();

    expect((await look(PHOTO_ID)).body.file_size).to.equal(PHOTO.length);
  });

  it('is gone after it was deleted', async () => {
    const gone = await call(`/v25.0/${PHOTO_ID}`, { method: 'DELETE' });

    expect(gone.body).to.deep.equal({ success: true });
    const { status, body } = await look(PHOTO_ID);
    expect(status).to.equal(400);
    expect(body.error).to.include({ code: 100, error_subcode: 33 });
  });

  it('belongs to one number', async () => {
    const { id } = (await post(form(upload()))).body;

    expect(
      (await look(id, `?phone_number_id=${PHONE_NUMBER_ID}`)).status,
    ).to.equal(200);
    expect(
      (await look(id, '?phone_number_id=9')).body.error.error_subcode,
    ).to.equal(33);
  });

  it('needs the token, a user agent and a young URL to be downloaded', async () => {
    const url = await urlOf(PHOTO_ID);

    expect((await get(url, {})).status).to.equal(401);
    expect(
      (await get(url, { authorization, 'user-agent': '' })).status,
    ).to.equal(403);
    expect((await get(url.replace(/ext=\d+/, 'ext=1'))).status).to.equal(404);
    expect((await get(url.replace(/mid=\d+/, 'mid=1'))).status).to.equal(404);
  });

  it('takes each type under the names that it has', async () => {
    const good = [
      ['image/jpeg', 'a.JPEG'],
      ['audio/ogg; codecs=opus', 'a.ogg'],
      ['text/plain', 'a.txt'],
    ] as const;
    for (const [type, name] of good)
      expect((await post(form(upload(type), name))).status, type).to.equal(200);
  });

  const refusals: [string, () => FormData, number][] = [
    ['without messaging_product', () => form({ type: 'image/png' }), 100],
    ['without a type', () => form({ messaging_product: 'whatsapp' }), 100],
    [
      'without a file',
      () => form({ messaging_product: 'whatsapp', type: 'image/png' }),
      100,
    ],
    [
      'of a type that Meta does not take',
      () => form(upload('image/gif'), 'a.gif'),
      100,
    ],
    [
      'of another type than its part says',
      () => form({ ...upload(), type: 'image/png' }),
      100,
    ],
    [
      'with a name that does not fit',
      () => form(upload('audio/ogg'), 'a.mp4'),
      131053,
    ],
    [
      'that is empty',
      () => form(upload('application/pdf', Buffer.alloc(0))),
      131053,
    ],
    [
      'that is too large',
      () => form(upload('image/webp', Buffer.alloc(524_289)), 'a.webp'),
      131053,
    ],
  ];
  for (const [name, make, code] of refusals)
    it(`refuses an upload ${name}`, async () => {
      expect((await post(make())).body.error.code).to.equal(code);
    });

  it('refuses an upload that is no form, or has no token', async () => {
    const { body } = await call(`/v25.0/${PHONE_NUMBER_ID}/media`, {
      method: 'POST',
      body: '{}',
    });

    expect(body.error.code).to.equal(100);
    const { status } = await post(form(upload()), { authorization: '' });
    expect(status).to.equal(401);
  });

  describe('spoiled by a fault', () => {
    const spoiled = async (
      fault: Parameters<ReturnType<typeof simulator>['fault']>[0],
    ) => {
      const url = await urlOf(PHOTO_ID);
      simulator().fault(fault);
      return get(url);
    };

    it('is shorter, and does not say so', async () => {
      const answer = await spoiled({ media: 'truncated' });

      const { byteLength } = await answer.arrayBuffer();
      expect(byteLength).to.equal(PHOTO.length >> 1);
      expect(answer.headers.get('content-length')).to.equal(String(byteLength));
    });

    it('breaks off', async () => {
      const answer = await spoiled({ media: 'cut' });
      const error = await answer.arrayBuffer().then(
        () => undefined,
        (thrown: Error) => thrown,
      );

      expect(answer.status).to.equal(200);
      expect(error).to.be.instanceOf(Error);
    });

    it('has other bytes, as many', async () => {
      const bytes = Buffer.from(
        await (await spoiled({ media: 'altered' })).arrayBuffer(),
      );

      expect(bytes.length).to.equal(PHOTO.length);
      expect(bytes.equals(PHOTO)).to.equal(false);
    });

    it('is too old', async () => {
      expect((await spoiled({ media: 'expired' })).status).to.equal(404);
    });

    it('is redirected to where the fault says', async () => {
      const plain = await spoiled({ media: 'redirect' });
      const headers = { location: 'http://127.0.0.1:9/x' };
      const given = await spoiled({ media: 'redirect', headers });

      expect(plain.status).to.equal(302);
      expect(plain.headers.get('location')).to.match(/^https:.*example/);
      expect(given.headers.get('location')).to.equal(headers.location);
    });

    it('is whole the next time', async () => {
      await spoiled({ media: 'truncated' });

      expect(
        (await (await get(await urlOf(PHOTO_ID))).arrayBuffer()).byteLength,
      ).to.equal(PHOTO.length);
    });
  });

  describe('saved in another system', () => {
    it('is there afterwards, until it is forgotten', async () => {
      const path = `${simulator().url}/simulator/files/V-1.jpg`;
      const headers = { 'content-type': 'image/jpeg' };

      const saved = await fetch(path, {
        method: 'PUT',
        body: Uint8Array.from(PHOTO),
        headers,
      });

      expect(saved.status).to.equal(201);
      expect(await saved.json()).to.deep.equal({
        name: 'V-1.jpg',
        size: PHOTO.length,
      });
      const kept = await fetch(path);
      expect(kept.headers.get('content-type')).to.equal('image/jpeg');
      expect(Buffer.from(await kept.arrayBuffer()).equals(PHOTO)).to.equal(
        true,
      );
      simulator().reset();
      expect((await fetch(path)).status).to.equal(404);
    });

    it('may be a leaflet that is always there', async () => {
      const { url } = simulator();
      const leaflet = await fetch(`${url}/simulator/files/leaflet.pdf`);

      expect(await leaflet.text()).to.match(/^%PDF/);
    });
  });
});
