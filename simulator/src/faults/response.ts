import { metaError } from '../core/errors';
import type { Fault } from './fault';
import { isAnswer } from './fault';

const ofMeta = (code: number, { subcode, status, details }: Fault) => {
  const error = metaError(code, details ?? 'Asked for by a fault.', {
    ...(subcode !== undefined && { subcode }),
    ...(status !== undefined && { status }),
  });
  return { status: error.status, body: error.body as unknown };
};

/** The answer that stands in for the real one, or undefined when that is kept. */
export const faultResponse = (fault: Fault): Response | undefined => {
  if (!isAnswer(fault)) return undefined;
  const { code } = fault;
  const { status = 200, body } =
    code === undefined ? fault : ofMeta(code, fault);
  const isText = body === undefined || typeof body === 'string';
  const all = new Headers(fault.headers);
  if (body !== undefined && !all.has('content-type'))
    all.set('content-type', isText ? 'text/plain' : 'application/json');
  return new Response(isText ? (body ?? null) : JSON.stringify(body), {
    status,
    headers: all,
  });
};
