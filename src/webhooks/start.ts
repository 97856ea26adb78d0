import type { DeliveryStore, WebhookStore } from '../store/webhooks.js';
import { WebhookCourier } from './courier.js';
import { WebhookSender } from './send.js';
import type { AllowedHosts } from './target.js';

/** A courier under way; stopping it closes its connections too. */
export function startCourier(
  webhooks: WebhookStore,
  deliveries: DeliveryStore,
  allowed: AllowedHosts,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  const sender = new WebhookSender(allowed);
  const courier = new WebhookCourier({ webhooks, deliveries, sender, onError });
  courier.start();
  return {
    stop: async () => {
      await courier.stop();
      sender.close();
    },
  };
}
