import * as Adaptor from './Adaptor';

// OpenFn's compiler reads Adaptor.d.ts besides this file, and sees the names that
// are written out there. Written out here too, its documentation has them twice.
export * from './Adaptor';
export { metadata } from './metadata';
export * as phone from './phone';
export type * from './types';
export * as webhook from './webhook';
export default Adaptor;
