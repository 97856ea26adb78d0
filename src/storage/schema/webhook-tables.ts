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
  /** Sealed under `secret_key`; plain text if written by an earlier version. */
  secret: string;
  old_secret: string | null;
  old_secret_until: string | null;
  /** Key that decrypts both secrets; null for plain text. */
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
