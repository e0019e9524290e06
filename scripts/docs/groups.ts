import type { Documented } from './jsdoc';

/** The operations by what they are for, the most used first. */
export const GROUPS: Record<string, string[]> = {
  Send: [
    'sendMessage',
    'sendTemplate',
    'sendMedia',
    'sendOneTimePassword',
    'sendReaction',
    'sendLocation',
    'sendContacts',
  ],
  'Interactive messages': [
    'sendButtons',
    'sendList',
    'sendFlow',
    'sendUrlButton',
    'requestLocation',
  ],
  Templates: [
    'listTemplates',
    'getTemplate',
    'createTemplate',
    'updateTemplate',
    'deleteTemplate',
  ],
  Media: ['downloadMedia', 'uploadMedia', 'getMedia', 'deleteMedia'],
  Receive: [
    'parseWebhook',
    'reply',
    'markAsRead',
    'getMessageStatus',
    'listMessages',
    'listConversations',
    'verifyWebhook',
  ],
  Account: [
    'preflight',
    'listPhoneNumbers',
    'getPhoneNumber',
    'getAnalytics',
    'getBusinessProfile',
    'updateBusinessProfile',
    'blockUsers',
    'unblockUsers',
    'listBlockedUsers',
    'subscribeWebhooks',
    'listSubscriptions',
    'unsubscribeWebhooks',
    'requestVerificationCode',
    'verifyCode',
    'registerPhoneNumber',
    'deregisterPhoneNumber',
  ],
  Broadcast: ['broadcast', 'reconcile'],
  'Raw requests': ['request', 'createSession'],
};

export type Group = { title: string; operations: Documented[] };

/** Sorts operations into groups; each has to stand in one of them. */
export function inGroups(
  operations: Documented[],
  groups: Record<string, string[]>,
): Group[] {
  const names = operations.map(({ name }) => name);
  const grouped = Object.values(groups).flat();
  const lost = names.find(name => !grouped.includes(name));
  const gone = grouped.find(name => !names.includes(name));
  if (lost)
    throw new Error(`${lost} is in no group of scripts/docs/groups.ts.`);
  if (gone)
    throw new Error(`${gone} of scripts/docs/groups.ts does not exist.`);
  return Object.entries(groups).map(([title, members]) => ({
    title,
    operations: members.flatMap(member =>
      operations.filter(({ name }) => name === member),
    ),
  }));
}
