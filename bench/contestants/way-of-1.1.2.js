// The way in which 1.1.2 sent: one general request of language-common, with
// the message, the headers and the rules for errors put together at each call.
import { posix } from 'node:path';
import { composeNextState } from '@openfn/language-common';
import { expandReferences, request } from '@openfn/language-common/util';
import { bodyOf } from '../message.js';

const generalRequest =
  (...args) =>
  async state => {
    const [method, path, message, options] = expandReferences(state, ...args);
    const { apiVersion, phoneNumberId } = state.configuration;
    const { body, ...response } = await request(
      method,
      posix.join(apiVersion, phoneNumberId, path),
      optionsOf(state.configuration, { body: message, ...options }),
    );
    return { ...composeNextState(state, body), response };
  };

const optionsOf = ({ baseUrl, apiToken }, { headers, ...options }) => ({
  parseAs: 'json',
  errors: { 404: 'Page not found' },
  baseUrl,
  ...options,
  headers: {
    'content-type': 'application/json',
    Authorization: `Bearer ${apiToken}`,
    ...headers,
  },
});

export const operation = (to, text) =>
  generalRequest('POST', 'messages', bodyOf({ to, text }), {});

export const idOf = state => state.data.messages[0].id;
