/** Bounds of outgoing messages, and of their answers. The unit stands in the name. */
export const webhookLimits = {
  urlCharacters: 2_048,
  perTenant: 50,
  descriptionCharacters: 200,
  /** Standard Webhooks asks for small bodies. */
  bodyBytes: 20_000,
  /** Only the status of an answer counts; this much of its body is read so that the connection ends cleanly. */
  answerBytes: 4_096,
  answerHeaderBytes: 16_384,
  /** Time for one whole attempt: Standard Webhooks says 15 to 30 seconds. */
  attemptMillis: 15_000,
  /** Longer than an attempt, so that none is made twice while its sender lives. */
  leaseMillis: 60_000,
  /** A synchronized clock makes no larger steps back, and those of two machines differ by less. */
  clockStepMillis: 30_000,
  attemptsAtOnce: 8,
  eventsAtOnce: 100,
  /** Time for which a replaced secret still signs in addition to the new one. */
  oldSecretMillis: 24 * 3_600_000,
  /** Days for which delivered messages are listed, and undelivered ones, unless their endpoint is deleted first. */
  deliveredDays: 7,
  deadDays: 60,
} as const;
