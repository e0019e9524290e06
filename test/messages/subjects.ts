import { catalog, interactiveCatalog } from '../../src/messages/catalog';
import type { Kind } from '../../src/messages/kinds/kind';
import { buildMessage } from '../../src/messages/message';

/** Something that can be sent: a kind of message, or a type of interactive one. */
export type Subject = Kind & {
  name: string;
  /** The kind under which it is sent. */
  type: string;
};

const { interactive: _, ...plainKinds } = catalog;

export const subjects: Subject[] = [
  ...Object.entries<Kind>(plainKinds).map(([name, kind]) => ({
    ...kind,
    name,
    type: name,
  })),
  ...Object.entries<Kind>(interactiveCatalog).map(([name, kind]) => ({
    ...kind,
    name: `interactive ${name}`,
    type: 'interactive',
  })),
];

/** Builds the message of a content, for a group where the kind needs one. */
export const build = ({ type, isForGroups }: Subject, content: unknown) =>
  isForGroups
    ? buildMessage('Z3JvdXA=', { [type]: content }, { recipientType: 'group' })
    : buildMessage('+254700000001', { [type]: content });
