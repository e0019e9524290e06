import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { expect } from 'chai';
import { broadcast, sendMessage } from '../../src/Adaptor';
import type { WhatsAppError } from '../../src/core/errors';
import type { Operation, State } from '../../src/index';
import { encodings } from '../graph/encodings';
import { collectLogs } from '../quiet';
import {
  MARKS,
  cases,
  leavesOf,
  operationOf,
  secrets,
  uncovered,
} from './echo-cases';

const TRACE = 'AbCtrace_1-2';

/** A server that refuses everything, and repeats in every field what it is told to. */
type Refusal = (says: string) => { status: number; body: string };

const json = (body: object, status = 400) => ({
  status,
  body: JSON.stringify(body),
});

const refusals: Record<string, Refusal> = {
  "in every field of Meta's error": says =>
    json({
      error: {
        message: `(#131009) Parameter value is not valid ${says}`,
        type: says,
        code: 131009,
        error_subcode: says,
        error_data: { messaging_product: says, details: says },
        error_user_title: says,
        error_user_msg: says,
        href: says,
        fbtrace_id: TRACE,
      },
    }),
  'where no code is known': says =>
    json({
      error: {
        message: says,
        code: says,
        error_subcode: says,
        error_data: says,
        fbtrace_id: says,
      },
    }),
  'as a list of errors': says =>
    json({ errors: [{ code: 1008, title: says, details: says, href: says }] }),
  'as hosts of the On-Premises API do': says =>
    json({ meta: { developer_message: says }, success: false }),
  'as a page': says => ({ status: 403, body: `<html><p>${says}</p></html>` }),
  'as text': says => ({ status: 400, body: says }),
  'as the target of a redirect': says => json({ error: says }, 302),
};

describe('what was sent and comes back', () => {
  let url: string;
  let says: (received: string[]) => string;
  let refuse: Refusal;
  const server = createServer((request, response) => {
    void answer(request, response);
  });

  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { url: path = '', headers } = request;
    const body = (await buffer(request)).toString();
    const words = says([path, ...Object.values(headers).map(String), body]);
    const { status, body: answer } = refuse(words);
    const header = encodeURIComponent(words).slice(0, 4000);
    response.writeHead(status, header.slice(0, 60), {
      location: `https://files.example/${header}`,
      'x-echo': header,
      'www-authenticate': header,
      'retry-after': '712345678',
    });
    response.end(answer);
  }

  const stateFor = (name: string): State => ({
    configuration: {
      ...secrets,
      baseUrl: url,
      ...(name === 'createSession' && { phoneNumberId: undefined }),
      ...(name === 'listMessages' && { gatewayUrl: url }),
    },
    data: {
      id: 'wamid.1',
      from: '254712345678',
      phoneNumberId: '712345678001',
      type: 'text',
      timestamp: new Date().toISOString(),
    },
  });

  /** All that a run tells when it fails: the error and what lies below it, the details of state.errors, and the log. */
  async function toldBy(name: string, operation: Operation) {
    let error: WhatsAppError | undefined;
    const { lines } = await collectLogs(() =>
      operation(stateFor(name)).catch((thrown: WhatsAppError) => {
        error = thrown;
      }),
    );
    expect(error, name).to.include({ name: 'WhatsAppError' });
    const told = [
      inspect(error, { showHidden: true, depth: 9, maxStringLength: Infinity }),
      JSON.stringify({ ...error }),
      ...lines,
    ].join('\n');
    return { error: error!, told, lines };
  }

  function expectSilence(told: string, at: string): void {
    for (const form of Object.values(encodings)) {
      for (const mark of MARKS) {
        // Shorter forms stand in many a word.
        const needle = form(mark).replace(/=+$/, '');
        expect(told.toLowerCase(), `${at}: ${needle}`).not.to.include(
          needle.toLowerCase(),
        );
      }
    }
  }

  const operations = [
    ...readFileSync('src/Adaptor.ts', 'utf8').matchAll(
      /^export function (\w+)/gm,
    ),
  ].map(([, name]) => name);

  it('has a case for every operation, or says why not', () => {
    expect([...Object.keys(cases), ...Object.keys(uncovered)]).to.have.members(
      operations,
    );
  });

  for (const [name, ways] of Object.entries(cases)) {
    it(`is nowhere in the errors and logs of ${name}`, async () => {
      for (const args of ways) {
        const given = [...leavesOf(args), ...leavesOf(secrets)];
        const echo = (encode: (text: string) => string) => {
          says = received =>
            [...given, ...received]
              .map(each => `is wrong: ${encode(each)}`)
              .join('; ')
              .slice(0, 16_000);
        };
        for (const [how, encode] of Object.entries(encodings)) {
          refuse = refusals["in every field of Meta's error"]!;
          echo(encode);

          const { told, error } = await toldBy(name, operationOf(name, args));

          // A preflight tells in words of its own what failed.
          if (name !== 'preflight') {
            expect(error, name).to.have.property('statusCode', 400);
          }
          expectSilence(told, `${name} ${how}`);
        }
        for (const [where, refusal] of Object.entries(refusals)) {
          for (const encode of [
            encodings['plainly']!,
            encodings['as base64']!,
          ]) {
            refuse = refusal;
            echo(encode);

            const { told } = await toldBy(name, operationOf(name, args));

            expectSilence(told, `${name} ${where}`);
          }
        }
      }
    });
  }

  it("leaves Meta's code, trace ID and sentence readable", async () => {
    refuse = refusals["in every field of Meta's error"]!;
    says = () => 'for Zuberi in tumaini_reminder (kisumu_KE)';
    const [, args] = cases.sendTemplate!;
    const plain = { ...(args![3] as object), check: false };

    const { error } = await toldBy(
      'sendTemplate',
      operationOf('sendTemplate', [
        '+254712345678',
        'tumaini_reminder',
        ['Zuberi'],
        { ...plain },
      ]),
    );

    expect(error).to.include({
      code: 'REQUEST_REFUSED',
      statusCode: 400,
      metaCode: 131009,
      traceId: TRACE,
      metaMessage:
        '(#131009) Parameter value is not valid for *** in *** (***): for *** in *** (***)',
    });
  });

  it('is nowhere in the log of a broadcast, nor in the words of its rows', async () => {
    refuse = refusals["in every field of Meta's error"]!;
    says = received => received.join(' is wrong ');
    const items = [{ phone: '+254712345678', name: 'Zuberi' }];
    const each = sendMessage(
      (state: State) => (state.data as { phone: string }).phone,
      'Dear Zuberi Okonkwo, come to Tumaini',
    );

    const { result, lines } = await collectLogs(() =>
      broadcast(items, each)(stateFor('broadcast')),
    );

    const { failed } = result.data as { failed: { error: object }[] };
    expect(failed).to.have.length(1);
    expectSilence(
      [JSON.stringify(failed[0]!.error), ...lines].join('\n'),
      'broadcast',
    );
  });
});
