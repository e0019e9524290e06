// An operation as an adaptor's author would write it with language-common.
import { composeNextState } from '@openfn/language-common';
import { expandReferences, request } from '@openfn/language-common/util';
import { bodyOf } from '../message.js';

export const operation = (to, text) => async state => {
  const [resolvedTo, resolvedText] = expandReferences(state, to, text);
  const { baseUrl, apiVersion, phoneNumberId, apiToken } = state.configuration;
  const { body, ...response } = await request(
    'POST',
    `/${apiVersion}/${phoneNumberId}/messages`,
    {
      baseUrl,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${apiToken}`,
      },
      body: bodyOf({ to: resolvedTo, text: resolvedText }),
      parseAs: 'json',
    },
  );
  return { ...composeNextState(state, body), response };
};

export const idOf = state => state.data.messages[0].id;
