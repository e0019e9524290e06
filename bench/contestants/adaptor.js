// This adaptor, as built.
export { sendMessage as operation } from '../../dist/index.js';

export const idOf = state => state.data.messageId;
