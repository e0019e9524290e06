import type { ForwardState, Span } from './api';

const TIME = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const DAY = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const HOUR = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
});
const NUMBER = new Intl.NumberFormat();

export const time = (iso: string) => TIME.format(new Date(iso));

export const timeIn = (span: Span, iso: string) =>
  (span === 'week' ? DAY : HOUR).format(new Date(iso));

export const number = (value: number) => NUMBER.format(value);

/** `1 forward`, `2 forwards`. */
export const counted = (value: number, noun: string) =>
  `${number(value)} ${noun}${value === 1 ? '' : 's'}`;

export function seconds(value: number): string {
  if (value < 1) return `${NUMBER.format(Math.round(value * 1000))} ms`;
  if (value < 120) return `${NUMBER.format(Math.round(value * 10) / 10)} s`;
  if (value < 7200) return `${NUMBER.format(Math.round(value / 60))} min`;
  if (value < 48 * 3600) return `${NUMBER.format(Math.round(value / 3600))} h`;
  return `${NUMBER.format(Math.round(value / 86_400))} days`;
}

export const STATE_NAMES: Record<ForwardState, string> = {
  waiting: 'waiting',
  setAside: 'set aside',
  delivered: 'delivered',
  dead: 'dead',
  discarded: 'discarded',
};
