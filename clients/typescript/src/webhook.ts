import { Webhook } from 'standardwebhooks';
import type { WebhookMessage } from './api.js';

/** Thrown if the webhook's secret did not sign the message, or if the message is too old. `cause` has the details. */
export class WebhookError extends Error {
  override name = 'WebhookError';
}

/**
 * Returns the message after verifying that it was signed with the secret of a webhook (Standard Webhooks) and is no
 * older than five minutes. Throws `WebhookError` otherwise. `body` must be the exact bytes received, because
 * re-serialized JSON differs. A message may arrive twice with the same `webhook-id`.
 */
export function webhookMessage(
  body: string,
  headers: Headers | Readonly<Record<string, string | string[] | undefined>>,
  secret: string,
): WebhookMessage {
  const sent = headers instanceof Headers ? Object.fromEntries(headers) : headers;
  const own = Object.entries(sent).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && /^webhook-(id|timestamp|signature)$/i.test(name) ? [[name, value]] : [],
  );
  try {
    return new Webhook(secret).verify(body, Object.fromEntries(own)) as WebhookMessage;
  } catch (cause) {
    throw new WebhookError('the message is not signed as it should be', { cause });
  }
}
