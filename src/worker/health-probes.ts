import { setTimeout as delay } from 'node:timers/promises';
import type { Inspector } from '../isolation/inspector.js';
import { type PlainId, type Said, said } from '../say/said.js';
import { speechOf } from '../say/speech.js';
import type { Database } from '../store/database.js';

/** What servers and workers ask of their parts alike, for whoever asks whether they can do their work. */

/** `said`: the same for people. */
export interface HealthCheck {
  status: 'ok' | 'failed';
  said: Said;
}

/** As it is answered. */
export interface ToldCheck {
  status: 'ok' | 'failed';
  words: string;
}

export const ok = (id: PlainId): HealthCheck => ({ status: 'ok', said: said(id) });
export const failed = (id: PlainId): HealthCheck => ({ status: 'failed', said: said(id) });

/** Its words, in English: what asks for them is a program, and whoever reads its records. */
export const checkTold = <C extends { said: Said }>({ said: what, ...check }: C) => ({
  ...check,
  words: speechOf('en').say(what),
});

/** A part that takes longer than this has failed. */
const PROBE_MILLIS = 5_000;
const inTime = (answer: Promise<HealthCheck>, late: PlainId): Promise<HealthCheck> =>
  Promise.race([answer, delay(PROBE_MILLIS, failed(late), { ref: false })]);

export function askDatabase(database: Pick<Database, 'ping'>): Promise<HealthCheck> {
  const answer = database.ping().then(
    () => ok('health.database.answers'),
    () => failed('health.database.silent'),
  );
  return inTime(answer, 'health.database.late');
}

/** `path`: a file of a few bytes of ours, read as any file is. */
export function askInspector(inspector: Pick<Inspector, 'inspect'>, path: string): Promise<HealthCheck> {
  const ask = { path, name: 'probe', asOf: '2026-01-01', rulebooks: [], engine: 'auto' as const };
  const answer = inspector.inspect(ask).then(
    ({ tool }) => ok(tool.isolation === 'sandbox' ? 'health.inspector.sandbox' : 'health.inspector.process'),
    () => failed('health.inspector.refused'),
  );
  return inTime(answer, 'health.inspector.late');
}
