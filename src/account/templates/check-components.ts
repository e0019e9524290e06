import { checkSample, MEDIA, refuseSample } from './samples';
import { checkVariables } from './check-variables';
import { checkDefinedButtons } from './check-buttons';
import { variablesIn } from './requirements';
import { isQuotable, objectsIn } from '../../core/values';
import { LIMITS } from '../../messages/kinds/limits';
import {
  checkTemplate,
  refuseTemplate,
} from '../../messages/plain/template/fields';
import { anyObject, list, text, wholeNumber } from '../../schema/rules';
import { DEFINITION } from './limits';
import type { Category } from './limits';

type Part = Record<string, unknown>;

const BODY_EXAMPLES = {
  counted: 'body_text',
  named: 'body_text_named_params',
  isNested: true,
};
const HEADER_EXAMPLES = {
  counted: 'header_text',
  named: 'header_text_named_params',
  isNested: false,
};

/** Checks the parts of a template by Meta's limits; a part that we do not know passes. */
export function checkComponents(
  components: readonly Part[],
  category: Category | undefined,
): void {
  const types = components.map(typeOf);
  checkOnce(types);
  if (!types.includes('BODY')) {
    refuseTemplate(
      'components have no BODY.',
      "Add { type: 'BODY', text: '…' }.",
    );
  }
  const bodyMax = types.includes('LIMITED_TIME_OFFER')
    ? LIMITS.template.bodyWithOffer
    : LIMITS.template.body;
  components.forEach((part, index) =>
    checkPart(part, `components[${index}]`, {
      bodyMax,
      isFixed: category === 'AUTHENTICATION' || hasCode(components),
    }),
  );
}

/** How long a body may be; and whether Meta writes the texts itself. */
type Rules = { bodyMax: number; isFixed: boolean };

function checkPart(part: Part, at: string, rules: Rules): void {
  if (typeOf(part) === 'HEADER') return checkHeader(part, at);
  refuseSample(part, at);
  switch (typeOf(part)) {
    case 'BODY':
      return checkBody(part, at, rules);
    case 'FOOTER':
      return checkFooter(part, at);
    case 'BUTTONS':
      return checkDefinedButtons(part['buttons'], `${at}.buttons`);
    case 'CAROUSEL':
      return checkCards(part['cards'], `${at}.cards`);
  }
}

function checkHeader(part: Part, at: string): void {
  const format = String(part['format'] ?? '').toUpperCase();
  if (MEDIA.includes(format)) return checkSample(part, format, at);
  refuseSample(part, at);
  if (format !== 'TEXT') return;
  const { text: words } = part;
  checkTemplate(text(LIMITS.template.header), words, `${at}.text`);
  if (/[\n\r]/.test(words)) {
    refuseTemplate(
      `${at}.text has a line break, which WhatsApp refuses in a header.`,
      'Write it on one line.',
    );
  }
  if (variablesIn(words).length > 1) {
    refuseTemplate(
      `${at}.text has more than one variable, which WhatsApp refuses in a header.`,
      'Keep one, and put the others into the body.',
    );
  }
  checkVariables(words, part['example'], `${at}.text`, HEADER_EXAMPLES);
}

function checkBody(part: Part, at: string, { bodyMax, isFixed }: Rules): void {
  const { text: words } = part;
  if (isFixed && words === undefined) return;
  checkTemplate(text(bodyMax), words, `${at}.text`);
  if (/^\s*\{\{|\}\}\s*$/.test(words)) {
    refuseTemplate(
      `${at}.text begins or ends with a variable, which WhatsApp refuses.`,
      'Write a word before the first and after the last variable.',
    );
  }
  checkVariables(words, part['example'], `${at}.text`, BODY_EXAMPLES);
}

function checkFooter(part: Part, at: string): void {
  const { text: words, code_expiration_minutes: minutes } = part;
  if (minutes !== undefined) {
    const { least, most } = DEFINITION.expiration;
    checkTemplate(
      wholeNumber(least, most),
      minutes,
      `${at}.code_expiration_minutes`,
    );
    return;
  }
  checkTemplate(text(DEFINITION.footer), words, `${at}.text`);
  if (variablesIn(words).length === 0) return;
  refuseTemplate(
    `${at}.text has a variable, which WhatsApp refuses in a footer.`,
    'Put it into the body.',
  );
}

function checkCards(given: unknown, at: string): void {
  const { minCards, cards: maxCards, body: bodyMax } = LIMITS.carousel;
  checkTemplate(list(anyObject(), minCards, maxCards), given, at);
  given.forEach((card, index) => {
    const where = `${at}[${index}].components`;
    checkTemplate(list(anyObject(), 1, 3), card['components'], where);
    card['components'].forEach((part, place) =>
      checkPart(part, `${where}[${place}]`, { bodyMax, isFixed: false }),
    );
  });
}

/** Only a one-time password has such a button; a change need not tell the category. */
const hasCode = (components: readonly Part[]): boolean =>
  components.some(({ buttons }) =>
    objectsIn(buttons).some(button => typeOf(button) === 'OTP'),
  );

function checkOnce(types: readonly string[]): void {
  const twice = types.find((type, index) => types.indexOf(type) !== index);
  if (twice === undefined) return;
  refuseTemplate(
    `components have ${isQuotable(twice) ? twice : 'a type'} twice.`,
    'Keep one; all buttons stand in one list.',
  );
}

const typeOf = ({ type }: Part): string => String(type).toUpperCase();
