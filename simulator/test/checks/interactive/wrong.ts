import type { Json } from '../../call';
import { INTERACTIVE } from '../../interactive';
import { but } from '../../refusals';

/** A good message of this kind, but for one thing. */
export const wrong = (kind: string, change: (interactive: Json) => void) =>
  but(INTERACTIVE[kind]!, message => change(message.interactive));

export const long = (length: number) => 'é'.repeat(length);
