import { variablesIn } from './requirements';
import { LIMITS } from '../../messages/kinds/limits';
import {
  checkTemplate,
  refuseTemplate,
} from '../../messages/plain/template/fields';
import { anyObject, list, text, webLink } from '../../schema/rules';
import { DEFINITION } from './limits';

type Button = Record<string, unknown>;

/** Buttons of which a template has only so many. */
const MOST: Record<string, number> = {
  URL: DEFINITION.urlButtons,
  PHONE_NUMBER: DEFINITION.phoneButtons,
  COPY_CODE: DEFINITION.codeButtons,
};

/** Buttons whose text the job gives; of others, Meta writes it or it may be left out. */
const LABELED = ['QUICK_REPLY', 'URL', 'PHONE_NUMBER', 'FLOW'];

/** Checks the buttons of a definition; one that we do not know passes. */
export function checkDefinedButtons(given: unknown, at: string): void {
  checkTemplate(list(anyObject(), 1, LIMITS.template.buttons), given, at);
  checkNumbers(given.map(typeOf), at);
  checkGrouped(given.map(typeOf), at);
  given.forEach((button, index) => checkButton(button, `${at}[${index}]`));
}

function checkNumbers(types: readonly string[], at: string): void {
  for (const [type, most] of Object.entries(MOST)) {
    const count = types.filter(each => each === type).length;
    if (count <= most) continue;
    refuseTemplate(
      `${at} has ${count} buttons of the type ${type}; WhatsApp takes ${most}.`,
      'Leave some out.',
    );
  }
}

/** Quick, quick, URL is right; quick, URL, quick is not. */
function checkGrouped(types: readonly string[], at: string): void {
  const isQuick = (type: string) => type === 'QUICK_REPLY';
  const first = types.findIndex(isQuick);
  const last = types.findLastIndex(isQuick);
  if (first === -1 || types.slice(first, last + 1).every(isQuick)) return;
  refuseTemplate(
    `${at} has other buttons between its quick replies.`,
    'Put all quick replies together, before or after the others.',
  );
}

function checkButton(button: Button, at: string): void {
  const type = typeOf(button);
  if (LABELED.includes(type) || button['text'] !== undefined) {
    checkTemplate(text(DEFINITION.buttonText), button['text'], `${at}.text`);
  }
  if (type === 'URL') checkAddress(button, at);
  if (type === 'PHONE_NUMBER') {
    const phone = text(DEFINITION.phone);
    checkTemplate(phone, button['phone_number'], `${at}.phone_number`);
  }
  if (type === 'COPY_CODE') {
    const example = firstOf(button['example']);
    checkTemplate(text(LIMITS.template.coupon), example, `${at}.example`);
  }
}

function checkAddress(button: Button, at: string): void {
  const { url } = button;
  checkTemplate(webLink(), url, `${at}.url`);
  checkTemplate(text(LIMITS.template.url), url, `${at}.url`);
  const variables = variablesIn(url);
  if (variables.length === 0) return;
  if (variables.length > 1 || !url.endsWith('}}')) {
    refuseTemplate(
      `${at}.url has a variable that is not its end, or several.`,
      'Keep one variable, at the end of the address.',
    );
  }
  if (firstOf(button['example']) !== undefined) return;
  refuseTemplate(
    `${at} has no example for {{${variables[0]}}}.`,
    "Meta reviews a template with examples: add example: ['https://…'], the whole address as a person gets it.",
  );
}

const firstOf = (value: unknown): unknown =>
  Array.isArray(value) ? (value as unknown[])[0] : value;

const typeOf = ({ type }: Button): string => String(type).toUpperCase();
