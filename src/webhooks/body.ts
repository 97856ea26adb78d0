import { jsonText } from '../core/ground/json-line.js';
import { headlineTold } from '../core/report/text-in.js';
import { speechOf } from '../say/speech.js';
import type { Event } from '../store/events.js';
import { webhookLimits as limits } from './webhook-limits.js';

/** What is sent, in the form of Standard Webhooks: thin, since receivers ask for the rest with a key of their own. */
export function bodyOf({ type, at, subject, data }: Pick<Event, 'type' | 'at' | 'subject' | 'data'>): string {
  const whole = jsonText({ type, timestamp: at, data: { id: subject, ...told(data) } });
  return Buffer.byteLength(whole) <= limits.bodyBytes
    ? whole
    : jsonText({ type, timestamp: at, data: { id: subject } });
}

/** A message has no reader whose language is known: its words are English, beside the id that any language is made of. */
function told(data: Event['data']): Event['data'] {
  const { headline } = data;
  if (typeof headline !== 'object' || !('id' in headline)) return data;
  return { ...data, headline: headlineTold(headline, speechOf('en')) as Event['data'][string] };
}
