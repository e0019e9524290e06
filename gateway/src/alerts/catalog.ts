/** Facts of an alert: codes of Meta and of ours, numbers. Never people. */
export type Details = Record<string, string | number>;

export type Severity = 'critical' | 'warning' | 'info';

type Definition = {
  severity: Severity;
  /** What happened, in words; `count` is how often since the last alert. */
  describe: (subject: string, details: Details, count: number) => string;
  /** What to do about it. */
  fix: string;
  /** It lasts until it is resolved, and then this is sent. */
  recovery?: string;
};

/** Every alert. What to do when it comes is in docs/gateway-operations.md, under its code. */
export const ALERTS = {
  DESTINATION_DOWN: {
    severity: 'critical',
    describe: (subject, { code, minutes }) =>
      `the destination ${subject} has taken nothing for ${minutes} minutes (${code}). Events are stored and wait.`,
    fix: 'Check that it runs, its URL and its key.',
    recovery: 'DESTINATION_RECOVERED',
  },
  DESTINATION_RECOVERED: {
    severity: 'info',
    describe: subject =>
      `the destination ${subject} takes events again. What waited is sent now.`,
    fix: '',
  },
  DEAD_LETTERS: {
    severity: 'critical',
    describe: (subject, { code }, count) =>
      `${plural(count, 'forward', 'forwards')} to the destination ${subject} ${count === 1 ? 'was' : 'were'} given up (${code}).`,
    fix: 'List them with GET /events/dead, remove the cause, and try them again with POST /events/:id/retry before they are deleted for their age.',
  },
  STORAGE_DOWN: {
    severity: 'critical',
    describe: (_subject, { code }) =>
      `nothing can be stored (${code}). Webhooks are refused; Meta sends them again for 7 days.`,
    fix: 'Free space on the disk of the store, or start its database server.',
    recovery: 'STORAGE_RECOVERED',
  },
  STORAGE_RECOVERED: {
    severity: 'info',
    describe: () => 'webhooks are stored again.',
    fix: '',
  },
  SIGNATURES_INVALID: {
    severity: 'warning',
    describe: (_subject, _details, count) =>
      `${plural(count, 'request', 'requests')} to /webhook had a wrong signature.`,
    fix: 'Check WHATSAPP_APP_SECRET, and whether a proxy changes the body. If webhooks are stored as usual, somebody else sends them.',
  },
  NUMBER_QUALITY_CHANGED: {
    severity: 'warning',
    describe: (subject, { event }) =>
      `the quality of the number ${subject} changed (${event}).`,
    fix: 'Look at the quality rating in WhatsApp Manager, and write less to people who do not answer.',
  },
  NUMBER_LIMIT_CHANGED: {
    severity: 'warning',
    describe: (subject, details) =>
      `the messaging limit of ${subject} changed${list(details)}.`,
    fix: 'Plan broadcasts for the new limit.',
  },
  TEMPLATE_PAUSED: {
    severity: 'warning',
    describe: (subject, details) =>
      `Meta paused, flagged or disabled the template ${subject}${list(details)}. Sends with it fail while it is paused or disabled.`,
    fix: 'Use another template, and change this one before it is sent again.',
  },
  TEMPLATE_REJECTED: {
    severity: 'warning',
    describe: (subject, details) =>
      `Meta rejected the template ${subject}${list(details)}.`,
    fix: 'Read the reason in WhatsApp Manager, change the template and submit it again.',
  },
  ACCOUNT_RESTRICTED: {
    severity: 'critical',
    describe: (subject, details) =>
      `Meta restricted the WhatsApp Business Account ${subject}${list(details)}. Messages may no longer be sent.`,
    fix: 'Open Account Quality in Meta Business Suite, and ask for a review.',
  },
  ACCOUNT_REINSTATED: {
    severity: 'info',
    describe: (subject, details) =>
      `Meta lifted a restriction of the WhatsApp Business Account ${subject}${list(details)}.`,
    fix: '',
  },
  TEST: {
    severity: 'info',
    describe: () => 'this is a test. Alerts arrive.',
    fix: '',
  },
} satisfies Record<string, Definition>;

export type AlertCode = keyof typeof ALERTS;

/** Something that an operator should know. */
export type Alert = {
  code: AlertCode;
  /** What it is about: a destination, a template, the ID of a number or account. */
  subject: string;
  details?: Details;
  /** How often it happened; by default once. */
  count?: number;
};

export function definitionOf(code: AlertCode): Definition {
  return ALERTS[code];
}

/** The code that is sent when this one is over, if it lasts. */
export function recoveryOf(code: AlertCode): AlertCode | undefined {
  return definitionOf(code).recovery as AlertCode | undefined;
}

/** The JSON that is posted. Slack and Mattermost show its `text`, and take no notice of the rest. */
export function bodyOf(
  { code, subject, details = {}, count = 1 }: Alert,
  at: string,
): object {
  const { severity, describe, fix } = definitionOf(code);
  const what = describe(subject, details, count);
  const text = `WhatsApp gateway, ${severity}: ${what} ${fix}`.trimEnd();
  return { code, severity, subject, details, count, at, text };
}

const plural = (count: number, one: string, many: string) =>
  `${count} ${count === 1 ? one : many}`;

/** The facts in brackets, with commas between; nothing when there are none. */
function list(details: Details): string {
  const facts = Object.values(details);
  return facts.length === 0 ? '' : ` (${facts.join(', ')})`;
}
