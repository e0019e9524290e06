import type { Context } from 'hono';
import type { Env } from '../core/env';
import { refuse } from '../core/errors';
import { requireWhatsApp } from '../checks/request';
import type { Media } from './store';
import { knownTypes, rowOf } from './types';

type Uploaded = Omit<Media, 'id' | 'phoneNumberId'>;

/** The file of an upload, or the refusal that Meta would give. */
export async function requireUpload(c: Context<Env>): Promise<Uploaded> {
  const form = await requireForm(c);
  requireWhatsApp(Object.fromEntries(form));
  const type = form.get('type');
  const file = form.get('file');
  if (typeof type !== 'string') refuse(100, 'The parameter type is required.');
  if (file === null || typeof file === 'string')
    refuse(100, 'The parameter file is required.');
  const bytes = Buffer.from(await file.arrayBuffer());
  checkFile(type, file, bytes.length);
  return { type, filename: file.name, bytes };
}

async function requireForm(c: Context<Env>) {
  const type = c.req.header('content-type') ?? '';
  if (!/^multipart\/form-data\b/i.test(type))
    refuse(100, 'Send the upload as multipart/form-data.');
  const body = await c.req.arrayBuffer();
  const headers = { 'content-type': type };
  return new Response(body, { headers })
    .formData()
    .catch(() => refuse(100, 'The form cannot be read.'));
}

/** Meta looks at the type, the name and the part of the form together; some of it only later. */
function checkFile(
  type: string,
  file: { name: string; type: string },
  size: number,
) {
  const row = rowOf(type);
  if (!row || rowOf(file.type) !== row)
    refuse(
      100,
      `Param file must be a file with one of the following types: ${knownTypes.join(', ')}.`,
    );
  const extension = file.name.split('.').at(-1)?.toLowerCase() ?? '';
  if (!row.names.includes(extension))
    refuse(131053, `A file of type ${type} cannot be named .${extension}.`);
  if (size === 0) refuse(131053, 'The file is empty.');
  if (size > row.most)
    refuse(131053, `The file is larger than ${row.most} bytes.`);
}
