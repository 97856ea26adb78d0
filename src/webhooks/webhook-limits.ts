/** Bounds of what is sent to others, and of what they answer. The unit stands in the name. */
export const webhookLimits = {
  urlCharacters: 2_048,
  perTenant: 50,
  descriptionCharacters: 200,
  /** Standard Webhooks asks for thin bodies. */
  bodyBytes: 20_000,
  /** Of an answer only the status counts; so much of its body is read to leave the connection in order. */
  answerBytes: 4_096,
  answerHeaderBytes: 16_384,
  /** One attempt in all: Standard Webhooks says 15 to 30 seconds. */
  attemptMillis: 15_000,
  /** Longer than an attempt, so that none is made twice while its sender lives. */
  leaseMillis: 60_000,
  /** A clock that is kept right makes no larger steps back, and those of two machines differ by less. */
  clockStepMillis: 30_000,
  attemptsAtOnce: 8,
  eventsAtOnce: 100,
  /** How long a secret that was replaced still signs beside the new one. */
  oldSecretMillis: 24 * 3_600_000,
  /** Delivered ones are listed so long; dead letters until their endpoint is deleted, or so long. */
  deliveredDays: 7,
  deadDays: 60,
} as const;
