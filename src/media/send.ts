import { checkMissing, sendWith } from '../graph/send-request';
import type { OutgoingMessage } from '../graph/api-request';
import { WhatsAppError, refuse } from '../core/errors';
import type { Context, Result, Work } from '../core/operation';
import { isObject } from '../core/values';
import { preview, upload } from './upload';
import { isFile, readFile } from './source';
import type { GivenFile } from './source';
import type { Kind } from './media-types';

/** Builds a message with a media, from the arguments of `sendMedia`. */
type Build = (
  to: unknown,
  type: unknown,
  media: unknown,
  options: unknown,
) => OutgoingMessage;

type Options = Record<string, unknown>;
type Send = { to: unknown; type: unknown; options: Options; build: Build };

/** Makes an operation's work of a builder of messages with a media: a file is uploaded first. */
export const sendMediaWith =
  (build: Build): Work<[unknown, unknown, unknown, unknown]> =>
  async (context, to, type, media, given) => {
    const { reuse, ...options } = isObject(given) ? given : {};
    const rest = isObject(given) ? options : given;
    if (!isFile(media)) {
      refuseLostFile(media);
      return sendWith(build)(context, to, type, media, rest);
    }
    const file = readFile(media, 'media');
    // Built before there is an ID: what is wrong must not be found after the upload.
    const { options: delivery } = build(to, type, { id: UPLOADED }, rest);
    checkMissing(context, delivery);
    const way = { ...delivery, reuse: reuse === true };
    const send = { to, type, options, build };
    const named = withName(file, options['filename']);
    return delivery.dryRun
      ? rehearse(context, named, send)
      : uploadAndSend(context, named, way, send);
  };

/** Text that is no address would go out as an ID, which base64 and paths cannot be. */
function refuseLostFile(media: unknown): void {
  if (typeof media !== 'string' || /^https?:/i.test(media)) return;
  if (/^[\w-]{0,100}$/.test(media.trim())) return;
  refuse(
    'INVALID_FILE',
    'media is neither an ID nor a link.',
    'Give a file as { content, filename }, with base64, a Buffer, a stream or an https URL as content. A path cannot be read: a job has no files.',
  );
}

/** Stands for the ID where nothing is uploaded. */
const UPLOADED = 'ID_OF_THE_UPLOAD';

const withName = (file: GivenFile, filename: unknown): GivenFile =>
  typeof filename === 'string' && filename.trim() !== ''
    ? { ...file, filename }
    : file;

const purposeOf = ({ type, options }: Send) => ({
  kind: type as Kind,
  isVoice: options['voice'] === true,
});

async function uploadAndSend(
  context: Context,
  file: GivenFile,
  way: Parameters<typeof upload>[3],
  send: Send,
): Promise<Result> {
  const { id, filename } = await upload(
    context.client,
    file,
    purposeOf(send),
    way,
  );
  const sent = sendWith(() => messageOf(send, id, filename));
  try {
    const { data, response } = await sent(context);
    return { data: { ...(data as object), mediaId: id }, response };
  } catch (error) {
    throw withMedia(error as WhatsAppError, id);
  }
}

/** What would be uploaded, and then sent. */
async function rehearse(
  context: Context,
  file: GivenFile,
  send: Send,
): Promise<Result> {
  const request = await preview(context.client, file, purposeOf(send));
  const { filename } = request.body.file;
  const sent = sendWith(() => messageOf(send, UPLOADED, filename));
  const { data } = await sent(context);
  return { data: { ...(data as object), upload: request } };
}

/** Of a document, the name is shown: the one that the file was uploaded with. */
function messageOf(
  { to, type, options: { filename: _, ...options }, build }: Send,
  id: string,
  filename: string | undefined,
): OutgoingMessage {
  const isNamed = type === 'document' && filename !== undefined;
  return build(to, type, { id, ...(isNamed && { filename }) }, options);
}

/** The file is at Meta already: whoever tries again need not upload it again. */
function withMedia(error: WhatsAppError, mediaId: string): WhatsAppError {
  return new WhatsAppError(
    {
      ...error,
      description: `${error.description} The file was uploaded before that, and its media exists.`,
      fix: `${error.fix} To send the media later, give the mediaId of this error in the place of the file.`,
      mediaId,
    },
    error,
  );
}
