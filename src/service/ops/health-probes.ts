import { setTimeout as delay } from 'node:timers/promises';
import { type Message, message, type PlainMessageId } from '../../i18n/message.js';
import { translatorFor } from '../../i18n/translator.js';
import type { Inspector } from '../../inspect/pool/inspector.js';
import type { Database } from '../../storage/engine/database.js';

/** Health checks shared by servers and workers. */

/** `message` is the message for people. */
export interface HealthCheck {
  status: 'ok' | 'failed';
  message: Message;
}

/** Check as sent in a response. */
export interface HealthCheckView {
  status: 'ok' | 'failed';
  words: string;
}

export const healthy = (id: PlainMessageId): HealthCheck => ({ status: 'ok', message: message(id) });
export const unhealthy = (id: PlainMessageId): HealthCheck => ({ status: 'failed', message: message(id) });

/** Translates the message into English, because the readers are programs and operators of logs. */
export const localizeCheck = <C extends { message: Message }>({ message: what, ...check }: C) => ({
  ...check,
  words: translatorFor('en').translate(what),
});

/** A part that takes longer than this has failed. */
const PROBE_MILLIS = 5_000;
const inTime = (answer: Promise<HealthCheck>, late: PlainMessageId): Promise<HealthCheck> =>
  Promise.race([answer, delay(PROBE_MILLIS, unhealthy(late), { ref: false })]);

export function probeDatabase(database: Pick<Database, 'ping'>): Promise<HealthCheck> {
  const answer = database.ping().then(
    () => healthy('health.database.answers'),
    () => unhealthy('health.database.silent'),
  );
  return inTime(answer, 'health.database.late');
}

/** `path`: a small file made for the check, read like any other. */
export function probeInspector(inspector: Pick<Inspector, 'inspect'>, path: string): Promise<HealthCheck> {
  const ask = { path, name: 'probe', asOf: '2026-01-01', rulebooks: [], engine: 'auto' as const };
  const answer = inspector.inspect(ask).then(
    ({ tool }) =>
      healthy(tool.isolation === 'sandbox' ? 'health.inspector.sandbox' : 'health.inspector.process'),
    () => unhealthy('health.inspector.refused'),
  );
  return inTime(answer, 'health.inspector.late');
}
