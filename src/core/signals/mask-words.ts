import type { Personal } from './personal.js';

/**
 * Placeholders for personal data that was not requested. They show that something is present. They are not translated,
 * because they stand within the file's own words.
 */
export const MASKED = {
  location: '[location: masked]',
  serial: '[serial number: masked]',
  names: '[name: masked]',
} as const satisfies Record<Personal, string>;

/** Placeholders for contact data, which belongs to the kind `names`. */
export const MASKED_CONTACT = {
  email: '[e-mail: masked]',
  phone: '[phone number: masked]',
  account: '[account: masked]',
} as const;
