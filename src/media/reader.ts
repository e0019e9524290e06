import { WhatsAppError } from '../core/errors';
import { bytesOf } from '../graph/content';
import type { Piece } from '../graph/wire';

// A timer cannot be set for longer.
const LONGEST = 2 ** 31 - 1;

/** A stream, read when its next piece is wanted. */
export type Reader = {
  /** The next piece; undefined at the end. */
  next: () => Promise<Piece | undefined>;
  /** Gives up what was not read. */
  close: () => void;
};

/** Reads a stream, but waits for each piece only so long; `source` is what to give up with it. */
export function readerOf(
  stream: AsyncIterable<unknown>,
  timeout: number,
  source: object = stream,
): Reader {
  const iterator = bytesOf(stream);
  return {
    next: async () => {
      const next = await inTime(iterator.next(), timeout).catch(tellOfSource);
      return next.done ? undefined : next.value;
    },
    close: () => {
      // To end the iterator would wait for a stream that may have stalled.
      if ('destroy' in source && typeof source.destroy === 'function') {
        (source as { destroy: () => void }).destroy();
      }
      iterator.return(undefined).catch(() => undefined);
    },
  };
}

async function inTime<T>(promise: Promise<T>, timeout: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error('Nothing came.')),
      Math.min(timeout, LONGEST),
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tellOfSource(cause: unknown): never {
  if (cause instanceof WhatsAppError) throw cause;
  throw new WhatsAppError(
    {
      code: 'SOURCE_FAILED',
      description:
        'The file broke off or stopped while it was read, so it was not uploaded.',
      fix: 'Check where the stream or the URL comes from, and run the job again.',
      retryable: true,
      sent: 'no',
    },
    cause,
  );
}
