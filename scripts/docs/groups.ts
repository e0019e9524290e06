import type { Documented } from './jsdoc';

/** The operations by what they are for. In a group they keep the order of Adaptor.ts. */
export const GROUPS: Record<string, string[]> = {
  'Send a message': ['sendMessage', 'sendTemplate', 'sendOneTimePassword'],
  'Send a message of one kind': [
    'sendMedia',
    'sendLocation',
    'sendContacts',
    'sendReaction',
    'sendButtons',
    'sendList',
    'sendUrlButton',
    'sendFlow',
    'requestLocation',
  ],
  'Move files': ['uploadMedia', 'getMedia', 'downloadMedia', 'deleteMedia'],
  'Send to thousands': ['broadcast', 'reconcile'],
  'Take part in a conversation': ['reply', 'markAsRead'],
  'Read webhooks': ['parseWebhook', 'verifyWebhook'],
  'Manage templates': [
    'listTemplates',
    'getTemplate',
    'createTemplate',
    'updateTemplate',
    'deleteTemplate',
  ],
  'Manage phone numbers': [
    'listPhoneNumbers',
    'getPhoneNumber',
    'requestVerificationCode',
    'verifyCode',
    'registerPhoneNumber',
    'deregisterPhoneNumber',
  ],
  'Manage the profile and the block list': [
    'getBusinessProfile',
    'updateBusinessProfile',
    'blockUsers',
    'unblockUsers',
    'listBlockedUsers',
  ],
  'See what happened': [
    'getAnalytics',
    'listConversations',
    'getMessageStatus',
    'listMessages',
  ],
  'Make sure that it works': [
    'preflight',
    'subscribeWebhooks',
    'listSubscriptions',
    'unsubscribeWebhooks',
  ],
  'Reach the rest of the API': ['request', 'createSession'],
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
    operations: operations.filter(({ name }) => members.includes(name)),
  }));
}
