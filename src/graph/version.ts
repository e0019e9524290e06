import { isOnPremises } from '../core/configuration';
import type { Configuration } from '../core/configuration';
import { refuse } from '../core/errors';

const VERSION = 'v25.0';
const ON_PREMISES_VERSION = 'v1';

/** The path of an API with its version at the end, which the credential may leave out. */
export function withVersion(
  path: string[],
  configuration: Configuration,
): string[] {
  const last = path.at(-1) ?? '';
  if (isOnPremises(configuration)) {
    return /^v\d+$/.test(last) ? path : [...path, ON_PREMISES_VERSION];
  }
  return isVersion(last) ? path : [...path, readVersion(configuration)];
}

/** Whether a part of a path is a version of the Graph API. */
export const isVersion = (part: string): boolean => /^v\d+\.\d+$/.test(part);

function readVersion({ apiVersion = VERSION }: Configuration): string {
  const version = /^\d/.test(apiVersion) ? `v${apiVersion}` : apiVersion;
  if (isVersion(version)) return version;
  return refuse(
    'CONFIGURATION_INVALID',
    'The apiVersion of the credential is not a version of the API.',
    `Leave it out, or write it as ${VERSION}.`,
  );
}
