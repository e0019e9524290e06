/** Takes the folder named by its argument, says so, and keeps it until it is killed. */
import { codeOf } from '../../src/core/errors';
import { lockFolder } from '../../src/database/folder-lock';

try {
  await lockFolder(process.argv[2] ?? '');
  console.log('HELD');
  setInterval(() => undefined, 60_000);
} catch (error) {
  console.log(codeOf(error));
}
