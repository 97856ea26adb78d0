import type { Message } from './message.js';

/**
 * Error that a user or operator can act on. `userMessage` holds the message to be translated; `message` holds its id
 * and parameters for stack traces.
 */
export class MessageError extends Error {
  override name = 'MessageError';
  constructor(
    readonly userMessage: Message,
    options?: ErrorOptions,
  ) {
    super(
      userMessage.params === undefined
        ? userMessage.id
        : `${userMessage.id} ${JSON.stringify(userMessage.params)}`,
      options,
    );
  }
}

/** Returns the message of an error, for use within another one. Texts of the system or a library are used as written. */
export function messageOf(error: unknown): Message {
  if (error instanceof MessageError) return error.userMessage;
  return { id: 'text.asWritten', params: { text: error instanceof Error ? error.message : String(error) } };
}
