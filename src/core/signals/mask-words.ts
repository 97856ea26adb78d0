import type { Personal } from './personal.js';

/**
 * What stands in a Report where a file holds personal data that was not asked for. It says that something is there.
 * The same in every language: it stands inside the file's own words.
 */
export const MASKED = {
  location: '[location: masked]',
  serial: '[serial number: masked]',
  names: '[name: masked]',
} as const satisfies Record<Personal, string>;

/** Of the kind `names`, too: how a person is reached. */
export const MASKED_CONTACT = {
  email: '[e-mail: masked]',
  phone: '[phone number: masked]',
  account: '[account: masked]',
} as const;
