/** Status, code, what is wrong, and what to do about it. */
export type Rejection = [400 | 401 | 403 | 413 | 503, string, string, string];

export const WRONG_TOKEN: Rejection = [
  403,
  'WRONG_VERIFY_TOKEN',
  'This is no handshake with the verify token of this gateway.',
  "Enter the text of WHATSAPP_VERIFY_TOKEN as verify token in Meta's dashboard.",
];

export const TOO_LARGE: Rejection = [
  413,
  'TOO_LARGE',
  'The body is larger than 3 MB, which is the most that Meta sends.',
  'Send less at once.',
];

export const WRONG_SIGNATURE: Rejection = [
  401,
  'WRONG_SIGNATURE',
  'The body is not signed with the app secret of this gateway.',
  "Set WHATSAPP_APP_SECRET to the app secret from Meta's dashboard, App settings, Basic.",
];

export const BUSY: Rejection = [
  503,
  'BUSY',
  'Too much is being received at the same time.',
  'Send it again later.',
];

export const INCOMPLETE: Rejection = [
  400,
  'INCOMPLETE',
  'The body ended before it was complete.',
  'Send it again.',
];
