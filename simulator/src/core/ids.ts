// IDs of things at Meta are digits; these count up, and no two things share one.
let last = 600_000_000_000_000;

export const newId = (): string => String(++last);
