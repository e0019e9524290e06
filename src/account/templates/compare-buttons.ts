import { count } from './given';
import type { Part } from './given';
import type { ButtonNeed } from './needs';

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
