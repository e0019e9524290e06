import type { TemplateOptions } from '../../types';
import { LIMITS } from '../limits';
import { anyList, anyObject, ruled } from '../rules';
import { buttonsOf } from './buttons';
import { carouselOf } from './carousel';
import type { Part } from './component';
import { components, offerShortensBody } from './components';
import { headerOf } from './header';
import { identify } from './identify';
import { merge } from './merge';
import { offerOf } from './offer';
import { checkTemplate } from './refuse';
import { bodyOf } from './values';

const body = {
  owner: 'the template',
  path: 'values',
  max: LIMITS.template.body,
};
const whole = ruled(anyList(anyObject()), offerShortensBody);

/** Meta's object for a template, made of the arguments of a job. */
export function contentOf(
  template: unknown,
  values: unknown,
  options: TemplateOptions,
) {
  const parts = merge(partsOf(values, options), rawOf(options.components));
  checkTemplate(whole, parts, 'The template');
  return {
    ...identify(template, options.language),
    ...(parts.length > 0 && { components: parts }),
  };
}

const partsOf = (values: unknown, options: TemplateOptions): Part[] => [
  ...headerOf(options.header, 'header'),
  ...bodyOf(values, body),
  ...offerOf(options.limitedTimeOffer),
  ...carouselOf(options.carousel),
  ...buttonsOf(options.buttons, 'buttons'),
];

function rawOf(given: unknown): Part[] {
  if (given === undefined || given === null) return [];
  checkTemplate(components, given, 'components');
  return given;
}
