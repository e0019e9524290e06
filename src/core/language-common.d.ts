// language-common ships no types for its `util` entry.
declare module '@openfn/language-common/util' {
  export function expandReferences(
    state: unknown,
    ...args: unknown[]
  ): unknown[];
}
