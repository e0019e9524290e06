import type { ButtonNeed, HeaderNeed, Needs } from './requirements';
import { isObject, isQuotable, objectsIn, ownOf } from '../../core/values';
import { maxCharactersInAll } from '../../messages/kinds/fields';
import { LIMITS } from '../../messages/kinds/limits';

/** Each way in which what was given does not fit what is needed, as the end of a sentence. */
export function mismatchesIn(components: unknown, needs: Needs): string[] {
  const given = objectsIn(components);
  const part = (type: string) => given.find(each => typeOf(each) === type);
  return [
    ...bodyMismatch(part('body'), needs),
    ...headerMismatch(part('header'), needs.header),
    ...buttonMismatches(
      given.filter(each => typeOf(each) === 'button'),
      needs.buttons,
    ),
    ...offerMismatch(part('limited_time_offer'), needs.hasOffer),
    ...cardMismatches(part('carousel')?.['cards'], needs.cards),
  ];
}

const besideOthers = maxCharactersInAll(LIMITS.template.body);

function bodyMismatch(body: Part | undefined, needs: Needs): string[] {
  const given = objectsIn(body?.['parameters']);
  const names = given.map(({ parameter_name: name }) => name);
  if (!needs.isBodyAlone && !besideOthers.isValid(given as never)) {
    return [
      `has other parts beside its body, so its values have at most ${LIMITS.template.body} characters in all; you gave more`,
    ];
  }
  if (needs.isNamed) {
    const isSame =
      names.length === needs.body.length &&
      needs.body.every(name => names.includes(name));
    return isSame ? [] : [namedMismatch(given, names, needs.body)];
  }
  const isCounted = names.every(name => name === undefined);
  if (given.length === needs.body.length && isCounted) return [];
  return [
    `needs ${count(needs.body.length, 'value')}; you gave ${isCounted ? given.length || 'none' : quoted(names)}`,
  ];
}

/** Names as the job gave them; a raw component may have anything for one. */
const quoted = (names: unknown[]) =>
  names
    .map(name => (isQuotable(String(name)) ? String(name) : 'a wrong name'))
    .join(', ');

function namedMismatch(given: Part[], names: unknown[], needed: string[]) {
  const wanted = needed.join(', ') || 'no values';
  if (given.length === 0) return `needs ${wanted}; you gave none`;
  return names.includes(undefined)
    ? `needs ${wanted} by name; you gave a list of ${count(given.length, 'value')}`
    : `needs ${wanted}; you gave ${quoted(names)}`;
}

function headerMismatch(
  header: Part | undefined,
  need: HeaderNeed | undefined,
): string[] {
  const [parameter] = objectsIn(header?.['parameters']);
  const given = parameter && typeOf(parameter);
  if (need === undefined) {
    return given ? [`has no header to fill; you gave ${noun(given)}`] : [];
  }
  if (given === need.type) return headerNameMismatch(parameter!, need);
  // A kind of header that we do not know is Meta's to judge.
  if (given !== undefined && !Object.hasOwn(NOUNS, need.type)) return [];
  return [
    `needs ${noun(need.type)} as header; you gave ${given ? noun(given) : 'none'}`,
  ];
}

function headerNameMismatch(
  { parameter_name: name }: Part,
  { variable }: HeaderNeed,
): string[] {
  if (name === undefined || name === variable) return [];
  return [`needs ${variable} as header; you gave ${quoted([name])}`];
}

function offerMismatch(offer: Part | undefined, hasOffer: boolean): string[] {
  if (hasOffer === (offer !== undefined)) return [];
  return [
    hasOffer
      ? 'needs limitedTimeOffer; you gave none'
      : 'has no offer that ends; you gave limitedTimeOffer',
  ];
}

function cardMismatches(given: unknown, needs: Needs[] | undefined): string[] {
  const cards = objectsIn(given);
  if (needs === undefined) {
    return cards.length > 0 ? [`has no cards; you gave ${cards.length}`] : [];
  }
  if (cards.length !== needs.length) {
    return [
      `needs ${count(needs.length, 'card')}; you gave ${cards.length || 'none'}`,
    ];
  }
  return cards.flatMap((card, index) => {
    const place = isObject(card) ? Number(card['card_index'] ?? index) : index;
    const need = needs[place];
    if (need === undefined) return [`has no carousel[${place}]`];
    return mismatchesIn(card['components'], need).map(
      mismatch => `${mismatch} in carousel[${place}]`,
    );
  });
}

const NOUNS: Record<string, string> = {
  text: 'a text',
  image: 'an image',
  video: 'a video',
  document: 'a document',
  location: 'a location',
  product: 'a product',
};

const noun = (type: string) => ownOf(NOUNS, type) ?? type;

/** Each way in which what fills the buttons does not fit them. */
export function buttonMismatches(given: Part[], needs: ButtonNeed[]): string[] {
  const bySlot = new Map(given.map(each => [Number(each['index']), each]));
  const missing = needs.flatMap((need, index) => {
    const button = bySlot.get(index);
    if (need === undefined) return [];
    const subType = button && String(button['sub_type']).toLowerCase();
    if (subType === undefined ? !need.isRequired : subType === need.subType) {
      return [];
    }
    return [buttonMismatch(index, need.subType, subType)];
  });
  const tooFar = [...bySlot.keys()].filter(index => index >= needs.length);
  return [
    ...missing,
    ...tooFar.map(
      index =>
        `has ${count(needs.length, 'button')}; you filled buttons[${index}]`,
    ),
  ];
}

function buttonMismatch(
  index: number,
  needed: string | undefined,
  given: string | undefined,
): string {
  const gave = given === undefined ? 'nothing' : wordFor(given);
  return needed === undefined
    ? `needs nothing for buttons[${index}]; you gave ${gave}`
    : `needs ${wordFor(needed)} for buttons[${index}]; you gave ${gave}`;
}

/** By the name that a job has for it. */
const wordFor = (subType: string) =>
  subType === 'quick_reply' ? 'payload' : subType;

/** A component or a parameter, as a job or we made it. */
export type Part = Record<string, unknown>;

export const typeOf = ({ type }: Part): string => String(type).toLowerCase();

/** `2 values`, `1 value`, `no values`. */
export const count = (number: number, what: string): string =>
  `${number || 'no'} ${what}${number === 1 ? '' : 's'}`;
