import { pathTo } from '../graph/request';
import type { Client } from '../core/client';
import { startOf } from '../graph/api-variant';
import { prepare } from './prepare';
import type { Purpose } from './prepare';
import { nameIn } from './remote';
import type { GivenFile } from './source';

type Described = {
  type?: string;
  file: { filename?: string; size?: number | undefined };
};

/**
 * What an upload would send. Bytes are checked as for an upload; a stream is
 * not read and a URL not fetched, so only what was said about them is known.
 */
export async function preview(
  client: Client,
  file: GivenFile,
  purpose: Purpose,
) {
  return {
    method: 'POST',
    path: pathTo(client.base, ...startOf(client), 'media'),
    body: {
      ...(!client.isOnPremises && { messaging_product: 'whatsapp' }),
      ...(await described(file, purpose)),
    },
  };
}

async function described(
  file: GivenFile,
  purpose: Purpose,
): Promise<Described> {
  const { source } = file;
  if ('bytes' in source) {
    const { type, filename, content } = await prepare(file, purpose, {});
    return { type, file: { filename, size: content.size } };
  }
  const filename =
    file.filename ?? ('url' in source ? nameIn(source.url) : undefined);
  return {
    ...(file.type && { type: file.type }),
    file: { ...(filename && { filename }) },
  };
}
