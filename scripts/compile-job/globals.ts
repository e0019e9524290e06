/** The globals that OpenFn's compiler knows; `fetch` and `Intl` are not among them. */
const GLOBALS = `
  Array Boolean Date Function Math Number Object Proxy Reflect RegExp String
  Symbol BigInt JSON Map Set WeakRef FinalizationRegistry Promise Generator
  Error ArrayBuffer Atomics DataView TypedArray Buffer Blob Event URL Int8Array
  Int16Array Int32Array Float32Array Float64Array Infinity NaN undefined state
  isFinite isNaN parseFloat parseInt eval atob btoa decodeURI encodeURI console
  setInterval setTimeout clearInterval clearTimeout global exports module
  process require
`;

const names = GLOBALS.trim().split(/\s+/);

/** Whether a name contains that of a global, which hides `getPhoneNumber` for its `Number`. */
export const mayBeGlobal = (name: string): boolean =>
  names.some(global => name.includes(global));
