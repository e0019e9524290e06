import type { TemplateOptions } from '../../types';
import { coerce } from '../../schema/check';
import { LIMITS } from '../limits';
import { anyList, anyObject, withRules } from '../../schema/rules';
import { buttonsOf } from './buttons';
import { carouselOf } from './carousel';
import type { Part } from './component';
import { components, offerShortensBody, othersShortenBody } from './components';
import { headerOf } from './header';
import { identify } from './identify';
import { merge } from './merge';
import { offerOf } from './offer';
import { checkTemplate } from './refuse';
import { bodyOf } from './values';

const whole = withRules(
  anyList(anyObject()),
  offerShortensBody,
  othersShortenBody,
);

/** Meta's object for a template, made of the arguments of a job. */
export function contentOf(
  template: unknown,
  values: unknown,
  options: TemplateOptions,
) {
  const raw = rawOf(options.components);
  const parts = merge(partsOf(values, options, raw), raw);
  checkTemplate(whole, parts, 'The template');
  return {
    ...identify(template, options.language),
    ...(parts.length > 0 && { components: parts }),
  };
}

function partsOf(
  values: unknown,
  options: TemplateOptions,
  raw: readonly Part[],
): Part[] {
  const header = headerOf(options.header, 'header');
  const others = [
    ...offerOf(options.limitedTimeOffer),
    ...carouselOf(options.carousel),
    ...buttonsOf(options.buttons, 'buttons'),
  ];
  const isAlone = [...header, ...others, ...raw].every(
    ({ type }) => type === 'body',
  );
  const { body, bodyAlone } = LIMITS.template;
  const max = isAlone ? bodyAlone : body;
  return [
    ...header,
    ...bodyOf(values, { owner: 'the template', path: 'values', max }),
    ...others,
  ];
}

function rawOf(given: unknown): Part[] {
  if (given === undefined || given === null) return [];
  const raw = coerce(components, given);
  checkTemplate(components, raw, 'components');
  return raw;
}
