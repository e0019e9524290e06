// What Meta takes: the type, the extensions of its files, the most bytes.
const MB = 1024 * 1024;
const OFFICE = 'application/vnd.openxmlformats-officedocument';

const ROWS: readonly (readonly [type: string, names: string, most: number])[] =
  [
    ['audio/aac', 'aac', 16 * MB],
    ['audio/amr', 'amr', 16 * MB],
    ['audio/mp4', 'm4a mp4', 16 * MB],
    ['audio/mpeg', 'mp3', 16 * MB],
    ['audio/ogg', 'ogg', 16 * MB],
    ['image/jpeg', 'jpg jpeg', 5 * MB],
    ['image/png', 'png', 5 * MB],
    ['image/webp', 'webp', MB / 2],
    ['video/3gpp', '3gp', 16 * MB],
    ['video/mp4', 'mp4', 16 * MB],
    ['text/plain', 'txt', 100 * MB],
    ['application/pdf', 'pdf', 100 * MB],
    ['application/msword', 'doc', 100 * MB],
    ['application/vnd.ms-excel', 'xls', 100 * MB],
    ['application/vnd.ms-powerpoint', 'ppt', 100 * MB],
    [`${OFFICE}.wordprocessingml.document`, 'docx', 100 * MB],
    [`${OFFICE}.spreadsheetml.sheet`, 'xlsx', 100 * MB],
    [`${OFFICE}.presentationml.presentation`, 'pptx', 100 * MB],
  ];

const TABLE = new Map(
  ROWS.map(([type, names, most]) => [type, { names: names.split(' '), most }]),
);

export const knownTypes = [...TABLE.keys()];

/** What Meta knows of a type, which may have parameters. */
export const rowOf = (type: string) =>
  TABLE.get(type.toLowerCase().split(';', 1)[0]!.trimEnd());
