/** Takes the folder named by its argument, says so, and keeps it until it is killed. */
import { codeOf } from '../../src/errors';
import { lockFolder } from '../../src/store/folder-lock';

try {
  await lockFolder(process.argv[2] ?? '');
  console.log('HELD');
  setInterval(() => undefined, 60_000);
} catch (error) {
  console.log(codeOf(error));
}
