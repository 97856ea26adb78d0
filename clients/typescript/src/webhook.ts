import { Webhook } from 'standardwebhooks';
import type { WebhookMessage } from './api.js';

/** The message is not one that the webhook's secret signed, or it is too old. `cause` says more. */
export class WebhookError extends Error {
  override name = 'WebhookError';
}

/**
 * The message, once it is certain that it was signed with the secret of a webhook (Standard Webhooks) and is no older than
 * five minutes. Throws a WebhookError. `body`: as it came, to the byte; parsed and written again it is another
 * one. A message may come twice: its `webhook-id` is the same then.
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
