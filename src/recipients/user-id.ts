/** Whether a recipient is a business-scoped user ID; with `ENT` it is that of a parent. */
export const isUserId = (recipient: string): boolean =>
  /^[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,128}$/.test(recipient);
