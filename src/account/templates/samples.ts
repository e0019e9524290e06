import type { Accepts, FileUpload, WholeFile } from '../upload';
import type { Client } from '../../core/client';
import { isObject, objectsIn } from '../../core/values';
import { refuseTemplate } from '../../messages/plain/template/fields';
import type { AccountOptions } from '../../types';

type Part = Record<string, unknown>;

/** What each kind of header takes as its sample. */
const ACCEPTS: Record<string, Accepts> = {
  IMAGE: { kind: 'image', types: ['image/jpeg', 'image/png'] },
  VIDEO: { kind: 'video', types: ['video/mp4'] },
  GIF: { kind: 'video', types: ['video/mp4'] },
  DOCUMENT: { kind: 'document', types: ['application/pdf'] },
};

/** The kinds of header that Meta wants a sample of. */
export const MEDIA = Object.keys(ACCEPTS);

/** A header with media needs a sample, or the handle of one that was uploaded. */
export function checkSample(part: Part, format: string, at: string): void {
  if (part['sample'] !== undefined || hasHandle(part['example'])) return;
  refuseTemplate(
    `${at} has no sample of its ${format.toLowerCase()}.`,
    'Meta reviews a template with a sample: add sample: { content, filename } beside the format.',
  );
}

/** Only a header with media has a sample. */
export function refuseSample(part: Part, at: string): void {
  if (part['sample'] === undefined) return;
  refuseTemplate(
    `${at} has a sample, but shows no media.`,
    `Put it into the HEADER, with a format of ${MEDIA.join(', ')}.`,
  );
}

function hasHandle(example: unknown): boolean {
  const handles = isObject(example) ? example['header_handle'] : undefined;
  return Array.isArray(handles) && typeof handles[0] === 'string';
}

/** A definition, each sample in it replaced by its handle. All files are read before the first one is uploaded. */
export async function withSamples(
  { readWhole, uploadForHandle }: FileUpload,
  client: Client,
  definition: Part,
  options: AccountOptions,
): Promise<Part> {
  if (definition['components'] === undefined) return definition;
  const components = objectsIn(definition['components']);
  const files = new Map<Part, WholeFile>();
  for (const [part, at] of samplesIn(components, 'components')) {
    files.set(
      part,
      await readWhole(part['sample'], at, acceptsOf(part), options),
    );
  }
  const handles = new Map<Part, string>();
  for (const [part, file] of files) {
    handles.set(part, await uploadForHandle(client, file, options));
  }
  return {
    ...definition,
    components: components.map(part => withHandle(part, handles)),
  };
}

/** The parts that have a sample, with its name; those of cards too. */
function samplesIn(
  components: readonly Part[],
  at: string,
): [part: Part, at: string][] {
  return components.flatMap((part, index) => {
    const place = `${at}[${index}]`;
    if (part['sample'] !== undefined) return [[part, `${place}.sample`]];
    return objectsIn(part['cards']).flatMap((card, which) =>
      samplesIn(
        objectsIn(card['components']),
        `${place}.cards[${which}].components`,
      ),
    );
  });
}

function withHandle(part: Part, handles: Map<Part, string>): Part {
  const { sample: _, ...rest } = part;
  const handle = handles.get(part);
  if (handle !== undefined) {
    return { ...rest, example: { header_handle: [handle] } };
  }
  if (part['cards'] === undefined) return part;
  const cards = objectsIn(part['cards']).map(card => ({
    ...card,
    components: objectsIn(card['components']).map(each =>
      withHandle(each, handles),
    ),
  }));
  return { ...part, cards };
}

const acceptsOf = ({ format }: Part): Accepts =>
  ACCEPTS[String(format).toUpperCase()]!;
