/** A component or a parameter, as it goes to Meta. */
export type Part = { type: string; [field: string]: unknown };
