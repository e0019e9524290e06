import { WhatsAppError } from '../core/errors';
import type { ApiRequest } from '../graph/api-request';
import type { Content } from '../graph/content';
import { mend } from './filename';
import { checkFlaws } from './flaws';
import { openFile } from './open';
import type { OpenFile } from './open';
import { limited, mostOf } from './size';
import type { GivenFile } from './source';
import type { Kind } from './table';
import { typeOf } from './type';

/** What a file is to become. */
export type Purpose = {
  kind?: Kind | undefined;
  isVoice?: boolean | undefined;
};

/** A file as Meta takes it. */
export type Prepared = {
  type: string;
  filename: string;
  content: Content;
  close: () => void;
};

/** Opens a file and checks, before anything is sent, whether Meta would take it. */
export async function prepare(
  given: GivenFile,
  purpose: Purpose,
  options: Pick<ApiRequest, 'timeout' | 'retry'>,
): Promise<Prepared> {
  const file = await openFile(given, options);
  try {
    return await checked(file, purpose);
  } catch (error) {
    file.close();
    throw error;
  }
}

async function checked(file: OpenFile, { kind, isVoice }: Purpose) {
  const { head, content, close } = file;
  if (head.length === 0) throw empty();
  const type = await typeOf(head, file, kind);
  checkFlaws(type, head, isVoice === true);
  return {
    type,
    filename: mend(file.filename, type),
    content: limited(content, mostOf(type, head)),
    close,
  };
}

const empty = () =>
  new WhatsAppError({
    code: 'INVALID_FILE',
    description: 'The file is empty.',
    fix: 'Check where it comes from: a stream that was read before gives nothing more.',
    retryable: false,
    sent: 'no',
  });
