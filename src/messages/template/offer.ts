import { isObject, nameOf } from '../../core/values';
import type { Part } from './component';
import { offer } from './components';
import { checkTemplate, refuseTemplate } from './refuse';
import { refuseUnknown } from './typed';

const AT = 'limitedTimeOffer';
const TYPE = 'limited_time_offer';
const END = 'expiration_time_ms';

/** The offer, made of the moment when it ends. */
export function offerOf(given: unknown): Part[] {
  if (given === undefined || given === null) return [];
  const content = isObject(given) ? given : { [END]: given };
  refuseOtherThanNumber(content[END]);
  refuseUnknown(content, [END], AT);
  checkTemplate(offer, content, AT);
  return [
    {
      type: TYPE,
      parameters: [{ type: TYPE, [TYPE]: { [END]: content[END] } }],
    },
  ];
}

/** Dates come as text, as Dates or, emptied by OpenFn, as an object without fields. */
function refuseOtherThanNumber(end: unknown): void {
  if (typeof end === 'number' && Number.isFinite(end)) return;
  refuseTemplate(
    `${AT} has ${wordFor(end)}, not a number of milliseconds.`,
    'Give the milliseconds since 1970, as in state => new Date(state.data.until).getTime().',
  );
}

function wordFor(end: unknown): string {
  if (end === undefined) return 'no end';
  // What `getTime` gives for a text that is no date.
  if (typeof end === 'number') return 'an end that is no date';
  return `an end that is ${nameOf(end)}`;
}
