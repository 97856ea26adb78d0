import type { KyselyDeliveries } from '../store/kysely-deliveries.js';
import type { KyselyWebhooks } from '../store/kysely-webhooks.js';
import { WebhookCourier } from './courier.js';
import { WebhookSender } from './send.js';
import type { AllowedHosts } from './target.js';

/** A courier under way; stopping it closes its connections too. */
export function startCourier(
  webhooks: KyselyWebhooks,
  deliveries: KyselyDeliveries,
  allowed: AllowedHosts,
  denied: readonly string[],
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  const sender = new WebhookSender(allowed, denied);
  const courier = new WebhookCourier({ webhooks, deliveries, sender, onError });
  courier.start();
  return {
    stop: async () => {
      await courier.stop();
      sender.close();
    },
  };
}
