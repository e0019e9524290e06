import { isObject, objectsIn } from '../../core/values';

type Given = Record<string, unknown>;

/** What a template wants to be filled, as its definition says. */
export type Needs = {
  isNamed: boolean;
  header: HeaderNeed | undefined;
  /** Names or numbers of the variables, in their order. */
  body: string[];
  /** Then it has more room. */
  isBodyAlone: boolean;
  /** By position. */
  buttons: ButtonNeed[];
  hasOffer: boolean;
  /** The cards of a carousel. */
  cards: Needs[] | undefined;
};

/** `type` is Meta's for the parameter; `variable` is that of a text. */
export type HeaderNeed = { type: string; variable?: string | undefined };

/** What may fill a button, by Meta's `sub_type`; undefined for what we do not know. */
export type ButtonNeed =
  { subType?: string | undefined; isRequired: boolean } | undefined;

/** What the definition of a template, or of a card of one, wants to be filled. */
export function needsOf(definition: Given): Needs {
  const isNamed =
    textOf(definition['parameter_format']).toUpperCase() === 'NAMED';
  return needsOfParts(objectsIn(definition['components']), isNamed);
}

function needsOfParts(parts: Given[], isNamed: boolean): Needs {
  const part = (type: string) =>
    parts.find(each => textOf(each['type']).toUpperCase() === type);
  const cards = part('CAROUSEL')?.['cards'];
  const offer = part('LIMITED_TIME_OFFER')?.['limited_time_offer'];
  return {
    isBodyAlone: parts.every(
      each => textOf(each['type']).toUpperCase() === 'BODY',
    ),
    isNamed,
    header: headerOf(part('HEADER')),
    body: variablesIn(part('BODY')?.['text']),
    buttons: objectsIn(part('BUTTONS')?.['buttons']).map(buttonOf),
    hasOffer: isObject(offer) && offer['has_expiration'] === true,
    cards: Array.isArray(cards)
      ? objectsIn(cards).map(({ components }) =>
          needsOfParts(objectsIn(components), isNamed),
        )
      : undefined,
  };
}

/** The variables of a text, each once; numbers in their order, names in that of the text. */
export function variablesIn(text: unknown): string[] {
  const found = textOf(text).matchAll(/\{\{\s*(\w+)\s*\}\}/g);
  const names = [...new Set([...found].map(([, name = '']) => name))];
  return names.every(name => /^\d+$/.test(name))
    ? names.sort((a, b) => Number(a) - Number(b))
    : names;
}

function headerOf(header: Given | undefined): HeaderNeed | undefined {
  const format = textOf(header?.['format']).toLowerCase();
  if (format === '') return undefined;
  if (format !== 'text') return { type: format };
  const [variable] = variablesIn(header?.['text']);
  return variable === undefined ? undefined : { type: 'text', variable };
}

const BUTTONS: Record<string, ButtonNeed> = {
  QUICK_REPLY: { subType: 'quick_reply', isRequired: false },
  PHONE_NUMBER: { isRequired: false },
  COPY_CODE: { subType: 'copy_code', isRequired: true },
  // Meta calls the code the end of an address, whatever the button.
  OTP: { subType: 'url', isRequired: true },
  FLOW: { subType: 'flow', isRequired: false },
  CATALOG: { subType: 'catalog', isRequired: false },
  MPM: { subType: 'mpm', isRequired: true },
  VOICE_CALL: { subType: 'voice_call', isRequired: false },
  ORDER_DETAILS: { subType: 'order_details', isRequired: true },
  REQUEST_CONTACT_INFO: { isRequired: false },
};

function buttonOf(button: Given): ButtonNeed {
  const type = textOf(button['type']).toUpperCase();
  if (type !== 'URL')
    return Object.hasOwn(BUTTONS, type) ? BUTTONS[type] : undefined;
  const isOpen = variablesIn(button['url']).length > 0;
  return isOpen ? { subType: 'url', isRequired: true } : { isRequired: false };
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : '';
