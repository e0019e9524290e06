declare module 'fs-native-extensions' {
  /** Takes the lock on a part of an open file; false when another one has it. */
  export function tryLock(
    file: number,
    offset: number,
    length: number,
  ): boolean;
}
