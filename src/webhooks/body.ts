import type { Event } from '../store/events.js';
import { webhookLimits as limits } from './webhook-limits.js';

/** What is sent, in the form of Standard Webhooks: thin, since receivers ask for the rest with a key of their own. */
export function bodyOf({ type, at, subject, data }: Pick<Event, 'type' | 'at' | 'subject' | 'data'>): string {
  const whole = JSON.stringify({ type, timestamp: at, data: { id: subject, ...data } });
  return Buffer.byteLength(whole) <= limits.bodyBytes
    ? whole
    : JSON.stringify({ type, timestamp: at, data: { id: subject } });
}
