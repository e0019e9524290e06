import * as adaptor from '../../src/Adaptor';
import type { Operation } from '../../src/index';

const to = '+15550100123';
/** The message that everything refers to. */
export const WAMID = 'wamid.HBgLMTU1NTAxMDAxMjMVAgARGBI=';
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');
const link = 'https://clinic.example/a.png';
const body = { type: 'BODY', text: 'The clinic is closed tomorrow.' };
const parameters = { start: '2026-11-01', end: '2026-11-02' };

type Calls = Partial<Record<keyof typeof adaptor, readonly Operation[]>>;

/** Every operation that speaks to Meta, in all its ways. */
export const calls = (): Calls => ({
  sendMessage: [
    adaptor.sendMessage(to, 'Hello', { previewUrl: true, callbackData: 'V' }),
    adaptor.sendMessage(to, { image: { id: '1' } }, { replyTo: WAMID }),
    adaptor.sendMessage('US.13491208655302741918', 'Hello'),
    adaptor.sendMessage('Z3JvdXA=', 'Hello', { recipientType: 'group' }),
  ],
  sendTemplate: [
    adaptor.sendTemplate(to, 'visit_reminder', ['Amina', 3]),
    adaptor.sendTemplate(to, 'visit', { name: 'Amina' }, { language: 'sw' }),
    adaptor.sendTemplate(to, 'visit', [], {
      header: { document: { link, filename: 'a.pdf' } },
      buttons: [{ url: 'a' }, { payload: 'b' }, { copy_code: 'C' }, null],
    }),
    adaptor.sendTemplate(to, 'visit', [], {
      header: { location: { latitude: -1.2921, longitude: 36.8219 } },
      buttons: [{ flow: { flow_token: 't' } }],
    }),
    adaptor.sendTemplate(to, 'offer', [], {
      header: 'Today',
      limitedTimeOffer: 1893456000000,
      carousel: [
        { header: { image: { link } }, body: ['a'], buttons: [{ url: 'a' }] },
        { header: { image: { link } }, body: ['b'], buttons: [{ url: 'b' }] },
      ],
    }),
    adaptor.sendTemplate(to, 'visit_reminder', ['A', 'B'], { check: true }),
  ],
  sendOneTimePassword: [adaptor.sendOneTimePassword(to, 'login', '048213')],
  sendMedia: [
    ...(['image', 'video', 'document'] as const).map(type =>
      adaptor.sendMedia(to, type, link, { caption: 'A' }),
    ),
    adaptor.sendMedia(to, 'audio', '1', { voice: true }),
    adaptor.sendMedia(to, 'sticker', '1'),
    adaptor.sendMedia(to, 'document', { content: PDF, filename: 'a.pdf' }),
  ],
  uploadMedia: [adaptor.uploadMedia(JPEG, { filename: 'a.jpg' })],
  getMedia: [adaptor.getMedia('1', { phoneNumberId: '1' })],
  downloadMedia: [adaptor.downloadMedia('1')],
  deleteMedia: [adaptor.deleteMedia('1')],
  sendLocation: [
    adaptor.sendLocation(to, { latitude: -1.2921, longitude: '36.8219' }),
  ],
  sendContacts: [
    adaptor.sendContacts(to, {
      firstName: 'Amina',
      lastName: 'Yusuf',
      phone: '+15550100124',
      phoneType: 'WORK',
      email: 'amina@clinic.example',
      emailType: 'WORK',
      birthday: '1990-02-28',
      company: 'Hope Clinic',
    }),
  ],
  sendReaction: [
    adaptor.sendReaction(to, WAMID, '👍'),
    adaptor.sendReaction(to, WAMID, ''),
  ],
  sendButtons: [
    adaptor.sendButtons(to, 'Coming?', ['Yes', 'No'], {
      header: { type: 'image', image: { link } },
      footer: 'Clinic',
    }),
  ],
  sendList: [
    adaptor.sendList(to, 'Which?', ['A', 'B']),
    adaptor.sendList(to, 'Which?', [{ title: 'S', rows: ['A'] }]),
  ],
  sendUrlButton: [
    adaptor.sendUrlButton(to, 'Dates', { display_text: 'See', url: link }),
  ],
  sendFlow: [
    adaptor.sendFlow(to, 'Register', { flow_id: '1', flow_cta: 'Go' }),
  ],
  requestLocation: [adaptor.requestLocation(to, 'Where are you?')],
  reply: [adaptor.reply('Thank you')],
  markAsRead: [
    adaptor.markAsRead(WAMID),
    adaptor.markAsRead(WAMID, { typing: true }),
  ],
  listTemplates: [adaptor.listTemplates({ status: 'APPROVED' })],
  getTemplate: [
    adaptor.getTemplate('visit_reminder'),
    adaptor.getTemplate('100000000000003'),
  ],
  createTemplate: [
    adaptor.createTemplate({
      name: 'notice',
      language: 'en_US',
      category: 'UTILITY',
      components: [
        { type: 'HEADER', format: 'IMAGE', sample: { content: JPEG } },
        body,
        { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Fine' }] },
      ],
    } as never),
  ],
  updateTemplate: [
    adaptor.updateTemplate('1', { components: [body] } as never),
  ],
  deleteTemplate: [
    adaptor.deleteTemplate('notice'),
    adaptor.deleteTemplate('notice', { id: '1' }),
  ],
  listPhoneNumbers: [adaptor.listPhoneNumbers()],
  getPhoneNumber: [adaptor.getPhoneNumber()],
  requestVerificationCode: [
    adaptor.requestVerificationCode({ method: 'VOICE', language: 'en_US' }),
  ],
  verifyCode: [adaptor.verifyCode('048213')],
  registerPhoneNumber: [
    adaptor.registerPhoneNumber({
      pin: '048213',
      dataLocalizationRegion: 'DE',
    }),
  ],
  deregisterPhoneNumber: [adaptor.deregisterPhoneNumber()],
  getBusinessProfile: [adaptor.getBusinessProfile()],
  updateBusinessProfile: [
    adaptor.updateBusinessProfile({ about: 'Open', websites: [link] }),
    adaptor.updateBusinessProfile({ picture: { content: JPEG } }),
  ],
  blockUsers: [adaptor.blockUsers([to])],
  unblockUsers: [adaptor.unblockUsers([to])],
  listBlockedUsers: [adaptor.listBlockedUsers()],
  getAnalytics: [
    adaptor.getAnalytics('messages', parameters),
    adaptor.getAnalytics('conversations', parameters),
    adaptor.getAnalytics('pricing', parameters),
    adaptor.getAnalytics('templates', { ...parameters, templateIds: ['1'] }),
  ],
  listConversations: [adaptor.listConversations(parameters)],
  subscribeWebhooks: [
    adaptor.subscribeWebhooks(),
    adaptor.subscribeWebhooks({
      callbackUrl: 'https://gateway.example/webhook',
      verifyToken: 'token',
    }),
  ],
  listSubscriptions: [adaptor.listSubscriptions()],
  unsubscribeWebhooks: [adaptor.unsubscribeWebhooks()],
  getMessageStatus: [adaptor.getMessageStatus(WAMID)],
  preflight: [adaptor.preflight({ templates: ['visit_reminder'] })],
  request: [
    adaptor.request('POST', 'messages', {
      messaging_product: 'whatsapp',
      to,
      type: 'text',
      text: { body: 'Hello' },
    }),
  ],
  broadcast: [
    adaptor.broadcast([{ id: 1 }], adaptor.sendMessage(to, 'Hello'), {
      key: (state: { data?: unknown }) => (state.data as { id: number }).id,
    } as never),
  ],
});

/** Operations that do not speak to Meta, and why. */
export const silent: Record<string, string> = {
  parseWebhook: 'reads what came',
  verifyWebhook: 'reads what came',
  reconcile: 'compares what is on state',
  createSession: 'is for On-Premises APIs',
  listMessages: 'asks the gateway; Meta has no such list',
};
