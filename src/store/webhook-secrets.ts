import type { Selectable } from 'kysely';
import type { SecretKeys } from '../secrets/secret-keys.js';
import type { WebhooksTable } from './webhook-tables.js';
import type { WebhookSecrets } from './webhooks.js';

/** Between what signs and what is kept of it. Both secrets of a row are sealed under one key. */

export type SecretColumns = Pick<
  Selectable<WebhooksTable>,
  'secret' | 'old_secret' | 'old_secret_until' | 'secret_key'
>;
type Row = SecretColumns & Pick<Selectable<WebhooksTable>, 'tenant' | 'id'>;

export function sealedColumns(
  keys: SecretKeys,
  of: { tenant: string; id: string },
  { secret, old }: WebhookSecrets,
): SecretColumns {
  const { text, key } = keys.seal(secret, positionOf(of));
  return {
    secret: text,
    secret_key: key,
    old_secret: old === undefined ? null : keys.seal(old.secret, positionOf(of)).text,
    old_secret_until: old?.until ?? null,
  };
}

/** With the one before, also when its time is over. Throws a SecretFault where the keys do not open them. */
export function openedSecrets(keys: SecretKeys, row: Row): WebhookSecrets {
  const { old_secret: old, old_secret_until: until, secret_key: key } = row;
  const open = (text: string) => (key === null ? text : keys.open({ key, text }, positionOf(row)));
  return {
    secret: open(row.secret),
    ...(old !== null && until !== null ? { old: { secret: open(old), until } } : {}),
  };
}

/** An id has no NUL, and neither has a tenant's name. */
const positionOf = ({ tenant, id }: { tenant: string; id: string }): string => `webhook\0${tenant}\0${id}`;
