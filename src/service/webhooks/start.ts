import type { DeliveryRepository } from '../../storage/webhooks/kysely-deliveries.js';
import type { WebhookRepository } from '../../storage/webhooks/kysely-webhooks.js';
import { WebhookDispatcher } from './dispatcher.js';
import { WebhookSender } from './send.js';
import type { AllowedHosts } from './target.js';

/** Starts the dispatcher; stopping it also closes its connections. */
export function startWebhookDispatcher(
  webhooks: WebhookRepository,
  deliveries: DeliveryRepository,
  allowed: AllowedHosts,
  denied: readonly string[],
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  const sender = new WebhookSender(allowed, denied);
  const courier = new WebhookDispatcher({ webhooks, deliveries, sender, onError });
  courier.start();
  return {
    stop: async () => {
      await courier.stop();
      sender.close();
    },
  };
}
