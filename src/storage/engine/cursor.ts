import { StoreError } from './store-error.js';

/** Last row of a page. Paging by it is unaffected by rows added or deleted meanwhile. Opaque to clients. */
export interface ListPosition {
  createdAt: string;
  id: string;
}

/** Pattern for ids of inspections and keys. */
const ID = /^[a-z0-9-]{1,64}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export function encodeCursor({ createdAt, id }: ListPosition): string {
  return Buffer.from(`${createdAt} ${id}`).toString('base64url');
}

export function decodeCursor(cursor: string): ListPosition {
  const [createdAt = '', id = '', ...more] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  if (!TIME.test(createdAt) || !ID.test(id) || more.length > 0) {
    throw new StoreError('store.bad-cursor');
  }
  return { createdAt, id };
}
