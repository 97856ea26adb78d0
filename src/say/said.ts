import type { MessageId, Messages, Param, Params, Said } from '../catalogues/messages.js';

/**
 * A `Said` is what is to be said, before it is said in any language: an id of the catalogues and what goes into its
 * places. This is what rooms hand on, what is kept and compared; the words are made by whoever answers (`speech.ts`).
 */
export type { MessageId, Messages, Param, Params, Said };

type Given<K extends MessageId> = keyof Messages[K] extends never ? [] : [params: Messages[K]];

/** The one way to make a `Said` in code: ids and params are those of `catalogues/en.json`, or it does not compile. */
export function said<K extends MessageId>(id: K, ...[params]: Given<K>): Said {
  return params === undefined ? { id } : { id, params: params as Params };
}

/** The same where the id is looked up in a table of ids that take no params. */
export type PlainId = { [K in MessageId]: keyof Messages[K] extends never ? K : never }[MessageId];
