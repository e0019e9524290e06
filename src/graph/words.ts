import rows from './error-codes.json';

// Texts in the form in which they can be compared, whoever wrote them down and
// in whatever encoding. Every step takes time in proportion to the text.

/** A word of a text: where it stands, how it is written, and how it compares. */
export type Word = { from: number; to: number; text: string; plain: string };

/** Scripts that put no spaces between words: each letter counts as one. */
const UNSPACED =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
const WORD = new RegExp(
  `[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+|[\\p{So}\\u{1F3FB}-\\u{1F3FF}]`,
  'gu',
);

/** The words of a text that is in its plain form already. */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    from: index,
    to: index + word.length,
    text: word,
    plain: plainWord(word),
  }));
}

/** The words of such a text as they compare. */
export const plainWordsIn = (text: string): string[] =>
  wordsOf(text).map(({ plain }) => plain);

/** A word without case and accents. */
function plainWord(word: string): string {
  const base = isAscii(word)
    ? word
    : word.normalize('NFKD').replace(/\p{M}/gu, '');
  // Through upper case, so that ß is ss however it is written.
  return base.toUpperCase().toLowerCase();
}

const isAscii = (text: string) => /^[\x00-\x7f]*$/.test(text);

/** A text without escapes, invisible characters and special forms of letters and spaces. */
export const plainText = (text: string): string =>
  decode(text)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '');

// Text is encoded again each time that it is put into another text.
const ROUNDS = 4;

function decode(text: string): string {
  let decoded = text;
  for (let round = 0; round < ROUNDS; round++) {
    const next = DECODERS.reduce((result, decoder) => decoder(result), decoded);
    if (next === decoded) break;
    decoded = next;
  }
  return decoded;
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

const DECODERS: readonly ((text: string) => string)[] = [
  text => text.replace(/(?:%[0-9a-f]{2})+/gi, bytesIn),
  text => text.replace(/\\{2,}/g, '\\'),
  text => text.replace(/(?:\\x[0-9a-f]{2})+/gi, bytesIn),
  text => text.replace(/(?:=[0-9A-F]{2}){2,}/g, bytesIn),
  text =>
    text.replace(/(?:\\[0-3][0-7]{2})+/g, escapes =>
      Buffer.from(
        escapes.match(/\d+/g)!.map(digits => parseInt(digits, 8)),
      ).toString(),
    ),
  text =>
    text.replace(/[\\%]u([0-9a-f]{4})/gi, (_, digits: string) =>
      String.fromCharCode(parseInt(digits, 16)),
    ),
  text =>
    text.replace(/\\u\{([0-9a-f]{1,6})\}/gi, (all, digits: string) =>
      characterOf(parseInt(digits, 16), all),
    ),
  text => text.replace(/\\([nrtbfv])/g, ' ').replace(/\\(["'`/])/g, '$1'),
  text =>
    text.replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?/gi, (all, hex, decimal) =>
      characterOf(hex ? parseInt(hex as string, 16) : Number(decimal), all),
    ),
  text =>
    text.replace(
      /&(amp|lt|gt|quot|apos|nbsp);/gi,
      (all, name: string) => ENTITIES.get(name.toLowerCase()) ?? all,
    ),
];

/** The text whose bytes are written as %41, =41 or \x41. */
const bytesIn = (escapes: string) =>
  Buffer.from(escapes.replace(/[%=x\\]/gi, ''), 'hex').toString();

const characterOf = (code: number, otherwise: string) =>
  code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;

// What a byte of UTF-8 after the first becomes when it is read as Latin-1 or as Windows-1252.
const TRAIL = `[\x80-\xbf${new TextDecoder('windows-1252').decode(
  Uint8Array.from({ length: 32 }, (_, at) => 0x80 + at),
)}]`;
const MISREAD = new RegExp(
  `[\xc2-\xdf]${TRAIL}|[\xe0-\xef]${TRAIL}{2}|[\xf0-\xf4]${TRAIL}{3}`,
);

/**
 * A text with a mask in the place of what looks like UTF-8 that was read as
 * Latin-1. It is not decoded, as a capital with an accent before a quotation
 * mark looks the same.
 */
export const withoutMisread = (text: string, mask: string): string =>
  text.replace(/[^ \t\r\n]+/g, part => (MISREAD.test(part) ? mask : part));

// A name, a word, an abbreviation, a small number, or a short mix such as v25, mp4 and 16MB.
const NATURAL =
  /^(?:\p{Lu}?[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?:\p{Lu}\p{Ll}+)*|[\p{Lu}\p{M}]+s?|OAuth(?:Exception)?|\p{N}{1,6}|[A-Za-z]{1,6}\d{1,3}|\d{1,6}[A-Za-z]{1,3}|(?!\ufffd)[\p{So}\u{1F3FB}-\u{1F3FF}])$/u;
const LONGEST_WORD = 30;

/** Whether people write such a word: tokens, hashes and base64 look otherwise. */
export const isNatural = ({ text }: Word): boolean =>
  text.length <= LONGEST_WORD && NATURAL.test(text);

/** Whether something encoded is left in a text that was decoded. */
export const hasEscapes = (text: string): boolean =>
  /%[0-9a-f]{2}|\\[ux]|&#|&[a-z]{2,30};/i.test(text);

// Text in base64 may begin anywhere in a longer one.
const ALIGNMENTS = [0, 1, 2, 3];

/** What a text may stand for if it is a part of base64. */
export const unpack = (text: string): string[] =>
  ALIGNMENTS.map(at => Buffer.from(text.slice(at), 'base64').toString());

// Words that Meta uses without having been told them: those of our catalog,
// and these, which its messages are made of.
const MORE_WORDS = `
  address days digits events maintain manage media most names participate something their underscores
  aac accessible accounts active activities add additional agreement allows alphanumeric am amr android any apis
  application approval apps aspect asset assigned associated attempting audio authentication authorize authorized bad
  best between blocklist bot both business businesses button buttons callback cancel catalog certificate character
  check children click client codec codecs codes com combination command complete component components concurrent
  client configuring confirm connect connection contact contain contains conversational correct count create
  created creation current currently cursor custom data database date deactivated deactivation default delay delete
  deletion delivery denied deprecate deregister deregistration detail details developers disable disabled docs
  document documentation doesn don download due duplicate during each ecosystem either eligibility eligible email
  empty enabled encryption end engagement entered entity enum error errors exactly exceed exceeded exceeds exception
  expected experiment expired expires express failure feature fetch field fields files filter filtering filters
  following format found generated generic given graph healthy hit hosted how http https i identifier if ignored
  illegal image immediately incapable include incoming incomplete incorrect index individual info information initial
  initiated insights insufficient integer integrations integrity interactive internal invalid ios isn issue issues
  jpeg json kb later layout least length limit limited lite load loaded locale localizable location mail maintenance
  malformed manager mandatory max maximum me messaging metrics migrate migration mime min minimum minutes mismatch
  mobility mode modified modify multi multiple named namespace need needed non none null numeric oauth occur occurred
  official ok onboarding operation operations option optional options opus order other our outgoing outside oversized
  ownership pair param parameter parameters params parse partially participant parties partner partners partnership
  password payload pdf pending per perform permanent permissions permitted plain platform please png policies
  positional post preverified prior priority process processing product profile properties property provide provided
  public publishing qr quick range rate ratio re reachable receive received receiving recipient recipients reduce
  reengagement refresh refused register reject related relationship remove replied reply requested requesting requests
  required requires resource response restriction retention retry root row rows schedule schedules screens second
  seconds section sections security select sending session setting setup share shared shorter signals size sms
  solution solutions specified specify status sticker string structure submit submitted subscribe subscribed
  subscription succeeded success successful successfully syncing syntax target temporarily temporary terminated
  threshold throttled timeout timezone title titles together trailing transfer transmit try types unable unblock
  undeliverable undelivered unexpected unique unlock unsupported update updated upload uploaded uri url users utility
  validating validation verify version via video violated violations visit voice waba wait webhooks website when
  whether will window within words zero`;

let metas: Set<string> | undefined;

/** Whether a word, in its plain form, is one that Meta's messages are made of. */
export function isMetas(word: string): boolean {
  metas ??= new Set(
    plainWordsIn(`${rows.map(({ what }) => what).join(' ')} ${MORE_WORDS}`),
  );
  return metas.has(word);
}

/** Words that Meta and the gateway have in their paths; every other part may be a number, a name or a secret. */
export const EDGES: ReadonlySet<string> = new Set(
  `accept access_token activities add_phone_numbers assigned_users block_users business_compliance_info
  call_permissions calls campaigns claims client_whatsapp_business_accounts commerce_settings conversations
  conversational_automation debug_token deprecate deregister events flows groups health invite_link join_requests
  leases login marketing_messages media message_history message_qrdls message_templates messages migrate_flows
  official_business_account opt-outs owned_whatsapp_business_accounts participants people phone_numbers
  preverified_numbers publish register reject request_code schedules sends settings status statuses subscribed_apps
  subscriptions template_analytics uploads users verify_code webhook webhooks whatsapp_business_encryption
  whatsapp_business_profile whatsapp_commerce_settings`.split(/\s+/),
);
