const base64 = (text: string) => Buffer.from(text).toString('base64');
const escaped = (text: string) => JSON.stringify(text).slice(1, -1);
const perLetter = (form: (code: number) => string) => (text: string) =>
  Array.from(text, letter => form(letter.codePointAt(0)!)).join('');
const hex = (code: number, length = 2) =>
  code.toString(16).padStart(length, '0');

/** How a server may write what it repeats. */
export const encodings: Record<string, (text: string) => string> = {
  plainly: text => text,
  'in capitals': text => text.toUpperCase(),
  'in small letters': text => text.toLowerCase(),
  'inside other letters': text => `xq${text}qx`,
  'with non-breaking spaces': text => text.replaceAll(' ', '\u00a0'),
  'with more spaces': text => `  ${text.replaceAll(' ', ' \n\t')} `,
  'with invisible characters': text => Array.from(text).join('\u200b'),
  'in full width': perLetter(code =>
    String.fromCodePoint(code > 32 && code < 127 ? code + 0xfee0 : code),
  ),
  'percent-encoded': encodeURIComponent,
  'percent-encoded letter by letter': perLetter(code => `%${hex(code)}`),
  'percent-encoded in small letters': text =>
    encodeURIComponent(text).toLowerCase(),
  'percent-encoded twice': text => encodeURIComponent(encodeURIComponent(text)),
  'as in a form': text => new URLSearchParams({ a: text }).toString().slice(2),
  'as JSON': escaped,
  'as JSON in JSON': text => escaped(escaped(`"${text}"`)),
  'as escapes of JSON': perLetter(code => `\\u${hex(code, 4)}`),
  'as escapes of JSON in JSON': perLetter(code => `\\\\u${hex(code, 4)}`),
  'as bytes in hexadecimal': text => Buffer.from(text).toString('hex'),
  'as escaped bytes': perLetter(code => `\\x${hex(code)}`),
  'as octal bytes': perLetter(code => `\\${code.toString(8).padStart(3, '0')}`),
  'as quoted-printable': perLetter(code => `=${hex(code).toUpperCase()}`),
  'as entities of HTML': perLetter(code => `&#${code};`),
  'as hexadecimal entities of HTML': perLetter(code => `&#x${hex(code)};`),
  'as base64': base64,
  'as base64 for addresses': text => Buffer.from(text).toString('base64url'),
  'as base64 in base64': text => base64(base64(text)),
  'inside longer base64': text => base64(`{"value":"${text}"}`),
  'inside longer base64, one letter on': text => base64(`{"values":"${text}"}`),
  'inside longer base64, two letters on': text =>
    base64(`{"thevalue":"${text}"}`),
};
