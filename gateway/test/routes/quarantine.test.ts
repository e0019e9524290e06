import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { KEY, ask, startGateway, stopGateways } from '../support/gateways';
import { SECRET, post } from '../support/payloads';

type Row = { id: string; reason: string; size: number; receivedAt: string };
type List = { data: Row[]; paging: { after?: string } };

describe('/quarantine', () => {
  const READ = 'a-key-that-only-reads';
  const lines: string[] = [];
  let url: string;

  before(async () => {
    const logTo = { write: (line: string) => void lines.push(line) };
    ({ url } = await startGateway({
      ...{ readKey: READ, logLevel: 'debug', logTo },
    }));
  });

  after(stopGateways);

  const send = (body: Buffer) => {
    const signature = createHmac('sha256', SECRET).update(body).digest('hex');
    return fetch(`${url}/webhook`, {
      method: 'POST',
      body: new Uint8Array(body),
      headers: { 'x-hub-signature-256': `sha256=${signature}` },
    });
  };
  const list = async (query = '') =>
    (await ask<List>(url, `/quarantine${query}`)).body;
  const get = (path: string, method = 'GET', key = KEY) =>
    fetch(url + path, { method, headers: { authorization: `Bearer ${key}` } });

  it('keeps the exact bytes of what is signed and cannot be read', async () => {
    const bodies = [
      Buffer.from([0, 255, 254, 0, 34, 92, 10]),
      Buffer.from('{"canary-254700999888":'),
      Buffer.from('{"object":"canary-254700999888"}'),
    ];

    for (const body of bodies) expect((await send(body)).status).to.equal(200);

    const first = await list('?limit=2');
    const rest = await list(`?limit=2&after=${first.paging.after}`);
    const rows = [...first.data, ...rest.data];
    expect(rows.map(({ reason }) => reason)).to.deep.equal([
      ...['NOT_JSON', 'NOT_JSON', 'NOT_A_WEBHOOK'],
    ]);
    expect(rows.map(({ size }) => size)).to.deep.equal(
      bodies.map(({ length }) => length),
    );
    for (const [i, { id }] of rows.entries()) {
      const kept = await (await get(`/quarantine/${id}`)).arrayBuffer();
      expect(Buffer.from(kept).equals(bodies[i] as Buffer)).to.equal(true);
    }
    const metrics = await (await get('/metrics')).text();
    expect(metrics).to.include('webhooks_total{result="quarantined"} 3');
    expect(lines.join('')).to.include('quarantine').and.not.include('canary');
  });

  it('never keeps what is not signed', async () => {
    const before = (await list()).data.length;

    expect((await post(url, 'nothing', 'sha256=00')).status).to.equal(401);

    expect((await list()).data).to.have.length(before);
  });

  it('needs the key of an operator, also to read', async () => {
    const { data } = await list();

    for (const path of ['/quarantine', `/quarantine/${data[0]?.id}`]) {
      expect((await get(path, 'GET', READ)).status).to.equal(401);
    }
    const path = `/quarantine/${data[0]?.id}`;
    expect((await get(path, 'DELETE', READ)).status).to.equal(401);
  });

  it('deletes one', async () => {
    const { data } = await list();
    const path = `/quarantine/${data[0]?.id}`;

    expect((await get(path, 'DELETE')).status).to.equal(204);

    expect((await get(path)).status).to.equal(404);
    expect((await get(path, 'DELETE')).status).to.equal(404);
    expect((await get('/quarantine/none')).status).to.equal(404);
    expect((await list()).data).to.have.length(data.length - 1);
  });
});
