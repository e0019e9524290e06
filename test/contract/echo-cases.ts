import * as adaptor from '../../src/Adaptor';
import type { Operation } from '../../src/index';

type Name = keyof typeof adaptor;
type Make = (...args: never[]) => Operation;

/** Parts of values that are nowhere else, so that they are found wherever they are left. */
export const MARKS = [
  'zuberi',
  'okonkwo',
  'tumaini',
  'kisumu',
  'qwerasdf',
  '712345678',
  '48213997',
];

const to = '+254712345678';
const text = 'Dear Zuberi Okonkwo, please come to Tumaini today';
const link = 'https://files.example/tumaini/okonkwo.pdf?key=qwerasdf';
const wamid = 'wamid.qwerasdfHBgLMjU0NzEyMzQ1Njc4FQIAERgSQ0';
const file = { content: Buffer.from(text), filename: 'okonkwo.txt' };
const template = 'tumaini_reminder';
const language = 'kisumu_KE';
const body = { type: 'BODY', text };
const cursor = { after: 'qwerasdf' };
const period = { start: '2026-11-01', end: '2026-11-02' };

/** The credential of the runs. */
export const secrets = {
  apiToken: 'EAAGqwerasdf0PX4ZCpsBO',
  phoneNumberId: '712345678001',
  wabaId: '712345678002',
  appSecret: 'secretqwerasdf',
  verifyToken: 'verify-tumaini',
  gatewayKey: 'key-kisumu',
};

/** Arguments for every operation that speaks to somebody; those of a raw request carry all that others cannot. */
export const cases: Partial<Record<Name, readonly unknown[][]>> = {
  sendMessage: [
    [to, text, { callbackData: 'okonkwo-1', replyTo: wamid }],
    ['US.13491208655302741918', { image: { link, caption: text } }],
  ],
  sendTemplate: [
    [
      to,
      template,
      [text, 'Zuberi'],
      { language, buttons: [{ url: 'tumaini' }] },
    ],
    [to, template, { patient: 'Okonkwo' }, { language, check: true }],
  ],
  sendOneTimePassword: [[to, template, '48213997', { language }]],
  sendMedia: [
    [to, 'document', link, { caption: text, filename: 'okonkwo.pdf' }],
    [to, 'document', file],
  ],
  uploadMedia: [[Buffer.from(text), { filename: 'zuberi.txt' }]],
  getMedia: [['712345678003', { phoneNumberId: '712345678004' }]],
  downloadMedia: [['712345678003'], ['712345678003', { to: link }]],
  deleteMedia: [['712345678003']],
  sendLocation: [
    [to, { latitude: 1.712345678, longitude: 36, name: 'Tumaini' }],
  ],
  sendContacts: [
    [to, { firstName: 'Zuberi', phone: to, email: 'o@kisumu.example' }],
  ],
  sendReaction: [[to, wamid, '👍']],
  sendButtons: [[to, text, ['Tumaini', 'Kisumu'], { footer: 'Okonkwo' }]],
  sendList: [[to, text, [{ title: 'Kisumu', rows: ['Zuberi', 'Tumaini'] }]]],
  sendUrlButton: [[to, text, { display_text: 'Tumaini', url: link }]],
  sendFlow: [
    [
      to,
      text,
      { flow_id: '712345678', flow_cta: 'Kisumu', flow_token: 'qwerasdf' },
    ],
  ],
  requestLocation: [[to, text]],
  reply: [[text]],
  markAsRead: [[wamid]],
  listTemplates: [[{ status: 'PAUSED', name: template, language, ...cursor }]],
  getTemplate: [[template, { language }], ['712345678005']],
  createTemplate: [
    [
      {
        name: template,
        language: 'en_US',
        category: 'UTILITY',
        components: [body],
      },
    ],
  ],
  updateTemplate: [['712345678005', { components: [body] }]],
  deleteTemplate: [[template], [template, { id: '712345678005' }]],
  listPhoneNumbers: [[cursor]],
  getPhoneNumber: [['712345678006']],
  requestVerificationCode: [[{ method: 'SMS', language: 'en_US' }]],
  verifyCode: [['482139']],
  registerPhoneNumber: [[{ pin: '482139' }]],
  deregisterPhoneNumber: [[]],
  getBusinessProfile: [[]],
  updateBusinessProfile: [[{ about: text, email: 'zuberi@kisumu.example' }]],
  blockUsers: [[[to, 'US.13491208655302741918']]],
  unblockUsers: [[[to]]],
  listBlockedUsers: [[cursor]],
  getAnalytics: [['templates', { ...period, templateIds: ['712345678005'] }]],
  listConversations: [[period]],
  subscribeWebhooks: [
    [{ callbackUrl: 'https://tumaini.example/hook', verifyToken: 'qwerasdf' }],
  ],
  listSubscriptions: [[]],
  unsubscribeWebhooks: [[]],
  getMessageStatus: [[wamid]],
  listMessages: [[to, cursor]],
  createSession: [['okonkwo', 'p@ss qwerasdf!']],
  // The error of preflight names the template that is not ready, in words of ours.
  preflight: [[{ templates: ['visit_reminder'], required: true }]],
  request: [
    [
      'POST',
      '/712345678/tumaini/okonkwo?name=zuberi',
      { text, list: ['Kisumu', 712345678] },
      {
        query: { name: 'Zuberi', phone: to },
        headers: { 'x-clinic': 'Tumaini' },
      },
    ],
    [
      'POST',
      'media',
      undefined,
      { form: { zuberi: text }, files: { ...file, name: 'tumaini' } },
    ],
    ['GET', `/kisumu/${to}`, undefined, { debug: true }],
    ['POST', 'messages', JSON.stringify({ to, text })],
    ['POST', 'messages', `to=${encodeURIComponent(to)}&text=Zuberi+Okonkwo`],
  ],
};

/** What has no case here, and why. */
export const uncovered: Partial<Record<Name, string>> = {
  parseWebhook: 'speaks to nobody',
  verifyWebhook: 'speaks to nobody',
  reconcile: 'speaks to nobody',
  broadcast: 'has a test of its own: it speaks through other operations',
};

export const operationOf = (
  name: string,
  args: readonly unknown[],
): Operation =>
  (adaptor[name as Name] as unknown as Make)(...(args as never[]));

/** Every text and number in a value, at any depth. */
export function leavesOf(value: unknown): string[] {
  if (Buffer.isBuffer(value)) return [value.toString()];
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(MARKS.includes(name) ? [name] : []),
    ...leavesOf(inner),
  ]);
}
