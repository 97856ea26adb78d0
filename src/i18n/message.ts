import type { Message, MessageId, Messages, Param, Params } from './catalogues/messages.js';

/**
 * A message that is independent of language: an id of the catalogues and its parameters. Modules pass on, store and
 * compare messages; they are translated on output (`i18n/translator.ts`).
 */
export type { Message, MessageId, Messages, Param, Params };

type MessageParams<K extends MessageId> = keyof Messages[K] extends never ? [] : [params: Messages[K]];

/** The one way to make a `Said` in code: ids and params are those of `i18n/catalogues/en.json`, or it does not compile. */
export function message<K extends MessageId>(id: K, ...[params]: MessageParams<K>): Message {
  return params === undefined ? { id } : { id, params: params as Params };
}

/** Ids of messages without parameters, for tables of ids. */
export type PlainMessageId = { [K in MessageId]: keyof Messages[K] extends never ? K : never }[MessageId];
