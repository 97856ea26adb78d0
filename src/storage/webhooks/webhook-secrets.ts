import type { Selectable } from 'kysely';
import type { SecretKeys } from '../../base/secrets/secret-keys.js';
import type { WebhooksTable } from '../schema/webhook-tables.js';
import type { WebhookSecrets } from './webhooks.js';

/** Columns with the secrets of a webhook. Both secrets of a row are sealed under one key. */

export type SecretColumns = Pick<
  Selectable<WebhooksTable>,
  'secret' | 'old_secret' | 'old_secret_until' | 'secret_key'
>;
type Row = SecretColumns & Pick<Selectable<WebhooksTable>, 'tenant' | 'id'>;

export function encryptSecrets(
  keys: SecretKeys,
  of: { tenant: string; id: string },
  { secret, old }: WebhookSecrets,
): SecretColumns {
  const { text, key } = keys.encrypt(secret, sealContext(of));
  return {
    secret: text,
    secret_key: key,
    old_secret: old === undefined ? null : keys.encrypt(old.secret, sealContext(of)).text,
    old_secret_until: old?.until ?? null,
  };
}

/**
 * Decrypts the current secret and the previous one, even if that has expired. Throws `SecretError` if the keys do not
 * decrypt them.
 */
export function decryptSecrets(keys: SecretKeys, row: Row): WebhookSecrets {
  const { old_secret: old, old_secret_until: until, secret_key: key } = row;
  const open = (text: string) => (key === null ? text : keys.decrypt({ key, text }, sealContext(row)));
  return {
    secret: open(row.secret),
    ...(old !== null && until !== null ? { old: { secret: open(old), until } } : {}),
  };
}

/** Ids and tenant names contain no NUL, so the result is unambiguous. */
const sealContext = ({ tenant, id }: { tenant: string; id: string }): string => `webhook\0${tenant}\0${id}`;
