export interface WebhooksTable {
  id: string;
  tenant: string;
  url: string;
  description: string | null;
  /** JSON: EventType[]. */
  events: string;
  created_at: string;
  disabled_at: string | null;
  disabled_because: string | null;
  /** Sealed under `secret_key`, as webhook-secrets.ts does it; in plain where an earlier version left it. */
  secret: string;
  old_secret: string | null;
  old_secret_until: string | null;
  /** Which key opens both; null: they stand there in plain. */
  secret_key: string | null;
}

export interface WebhookDeliveriesTable {
  id: string;
  tenant: string;
  webhook_id: string;
  message_id: string;
  type: string;
  body: string;
  created_at: string;
  status: string;
  attempts: number;
  next_at: string | null;
  lease: string | null;
  leased_until: string | null;
  last_at: string | null;
  last_status: number | null;
  last_code: string | null;
}
