import { nameOf } from '../../core/values';
import { LIMITS } from '../limits';
import { buttonOf } from './button';
import type { Part } from './component';
import { refuseTemplate } from './refuse';

const most = LIMITS.template.buttons;

/** The buttons, by their position; those that need nothing are left out. */
export function buttonsOf(buttons: unknown, at: string): Part[] {
  if (buttons === undefined || buttons === null) return [];
  if (!Array.isArray(buttons)) {
    return refuseTemplate(
      `${at} is ${nameOf(buttons)}, not a list.`,
      'Give a list with one item for each button of the template, as in [{ url: … }].',
    );
  }
  if (buttons.length > most) {
    refuseTemplate(
      `${at} has ${buttons.length} items; a template has at most ${most} buttons.`,
      'Give one item for each button of the template, in its order.',
    );
  }
  return buttons.flatMap((button, index) =>
    button === undefined || button === null
      ? []
      : [buttonOf(button, index, `${at}[${index}]`)],
  );
}
