import { StoreError } from './inspections.js';

/** The last row of a page, so that what is added or deleted meanwhile moves nothing. Opaque to clients. */
export interface ListPosition {
  createdAt: string;
  id: string;
}

/** Ids of inspections, and of keys. */
const ID = /^[a-z0-9-]{1,64}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export function cursorOf({ createdAt, id }: ListPosition): string {
  return Buffer.from(`${createdAt} ${id}`).toString('base64url');
}

export function positionOf(cursor: string): ListPosition {
  const [createdAt = '', id = '', ...more] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  if (!TIME.test(createdAt) || !ID.test(id) || more.length > 0) {
    throw new StoreError('store.bad-cursor');
  }
  return { createdAt, id };
}
