import { setTimeout as delay } from 'node:timers/promises';
import type { Inspector } from '../isolation/inspector.js';
import type { Database } from '../store/database.js';

/** What servers and workers ask of their parts alike, for whoever asks whether they can do their work. */

/** `words`: the same for people. */
export interface HealthCheck {
  status: 'ok' | 'failed';
  words: string;
}

export const ok = (words: string): HealthCheck => ({ status: 'ok', words });
export const failed = (words: string): HealthCheck => ({ status: 'failed', words });

/** A part that takes longer than this has failed. */
const PROBE_MILLIS = 5_000;
const inTime = (answer: Promise<HealthCheck>, late: string): Promise<HealthCheck> =>
  Promise.race([answer, delay(PROBE_MILLIS, failed(late), { ref: false })]);

export function askDatabase(database: Pick<Database, 'ping'>): Promise<HealthCheck> {
  const answer = database.ping().then(
    () => ok('The database answers.'),
    () => failed('The database does not answer.'),
  );
  return inTime(answer, 'The database did not answer in time.');
}

/** `path`: a file of a few bytes of ours, read as any file is. */
export function askInspector(inspector: Pick<Inspector, 'inspect'>, path: string): Promise<HealthCheck> {
  const ask = { path, name: 'probe', asOf: '2026-01-01', rulebooks: [], engine: 'auto' as const };
  const answer = inspector.inspect(ask).then(
    ({ tool }) => ok(`A file was inspected, ${tool.isolation === 'sandbox' ? 'in' : 'outside'} a sandbox.`),
    () => failed('The inspector refused a file.'),
  );
  return inTime(answer, 'The inspector did not answer in time.');
}
