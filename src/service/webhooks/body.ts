import { formatJson } from '../../base/json-line.js';
import { withHeadlineText } from '../../core/report/message-lookup.js';
import { translatorFor } from '../../i18n/translator.js';
import type { Event } from '../../storage/events/events.js';
import { webhookLimits as limits } from './webhook-limits.js';

/** Builds the body in the format of Standard Webhooks. It is minimal: receivers request the rest with their own key. */
export function buildBody({
  type,
  at,
  subject,
  data,
}: Pick<Event, 'type' | 'at' | 'subject' | 'data'>): string {
  const whole = formatJson({ type, timestamp: at, data: { id: subject, ...withEnglishHeadline(data) } });
  return Buffer.byteLength(whole) <= limits.bodyBytes
    ? whole
    : formatJson({ type, timestamp: at, data: { id: subject } });
}

/**
 * The receiver's language is unknown, so the text is English, next to the message id from which any language can be
 * made.
 */
function withEnglishHeadline(data: Event['data']): Event['data'] {
  const { headline } = data;
  if (typeof headline !== 'object' || !('id' in headline)) return data;
  return { ...data, headline: withHeadlineText(headline, translatorFor('en')) as Event['data'][string] };
}
