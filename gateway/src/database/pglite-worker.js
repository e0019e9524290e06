// The thread of the embedded store when the gateway runs from its sources. The
// bundle has a file of this name in its place.
import { register } from 'tsx/esm/api';

register();
await import('./serve-pglite.ts');
