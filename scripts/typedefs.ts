// Writes the typedefs of src/Adaptor.ts, which OpenFn's documentation reads,
// from the types of src/types.ts. With --check it only compares.
import { readFileSync } from 'node:fs';
import { replaceTypedefs } from './docs/typedefs';
import { deliver } from './generated';

const ADAPTOR = 'src/Adaptor.ts';

deliver(
  ADAPTOR,
  replaceTypedefs(
    readFileSync(ADAPTOR, 'utf8'),
    readFileSync('src/types.ts', 'utf8'),
  ),
);
