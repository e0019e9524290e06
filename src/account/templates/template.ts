import { isObject } from '../../core/values';
import type { Template } from '../../types';

/** What is asked of a template; without it, Meta leaves half of them out. */
export const FIELDS = [
  'id',
  'name',
  'language',
  'status',
  'category',
  'sub_category',
  'parameter_format',
  'components',
  'quality_score',
  'rejected_reason',
  'previous_category',
  'message_send_ttl_seconds',
].join(',');

/** Whether an object of Meta's is a template that can be told apart. */
export const isTemplate = (value: unknown): value is Template =>
  isObject(value) &&
  typeof value['name'] === 'string' &&
  typeof value['language'] === 'string';

/** A template as people call it: `visit_reminder (en_US)`. */
export const labelOf = (name: string, language: string): string =>
  `${name} (${language})`;
