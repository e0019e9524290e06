// Writes docs/operations.md, messages.md, webhooks.md and errors.md. With --check it only compares.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { catalog, interactiveCatalog } from '../src/messages/catalog';
import { exportsOf } from './adaptor-exports';
import { findErrorOperations } from './docs/error-operations';
import { ERRORS, errorsPage } from './docs/errors';
import { readComments } from './docs/jsdoc';
import { messagesPage } from './docs/messages';
import { operationsPage } from './docs/operations';
import { webhooksPage } from './docs/webhooks';
import { deliver, needBuild } from './generated';

const BUILD = 'build';
const OPERATIONS = 'docs/operations.md';
const MESSAGES = 'docs/messages.md';
const WEBHOOKS = 'docs/webhooks.md';
const ERRORS_PAGE = 'docs/errors.md';

needBuild(join(BUILD, 'Adaptor.js'));

// What is public lies at the root of the sources, and so of the build.
const files = readdirSync(BUILD)
  .filter(file => file.endsWith('.js'))
  .sort()
  .map(file => join(BUILD, file));
const comments = readComments(files);
const own = comments.functions.map(({ name }) => name);
const common = exportsOf(
  readFileSync(join(BUILD, 'Adaptor.d.ts'), 'utf8'),
).filter(name => !own.includes(name));

deliver(OPERATIONS, await operationsPage(OPERATIONS, { ...comments, common }));
deliver(MESSAGES, await messagesPage(MESSAGES, catalog, interactiveCatalog));
deliver(WEBHOOKS, await webhooksPage(WEBHOOKS));
deliver(
  ERRORS_PAGE,
  await errorsPage(
    ERRORS_PAGE,
    findErrorOperations('src/Adaptor.ts', Object.keys(ERRORS)),
  ),
);
