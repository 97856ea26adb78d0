import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readConfig } from '../config.js';
import { said } from '../say/said.js';
import { FileResults, type Kept } from '../scan/file-results.js';
import { formOf } from '../scan/forms.js';
import type { Header } from '../scan/header.js';
import { lockResults } from '../scan/lock.js';
import { type Asked, redoOf } from '../scan/redo.js';
import type { Results } from '../scan/results.js';
import { type Sink, StreamResults } from '../scan/stream-results.js';
import { WholeFile } from '../scan/whole-file.js';
import { openSecretKeys } from '../secrets/key-file.js';
import type { SecretKeys } from '../secrets/secret-keys.js';
import { UsageError } from './exit-codes.js';
import type { Io } from './io.js';
import { Output } from './output.js';
import type { ScanOptions } from './scan-asked.js';
import { checkQuestion } from './scan-question.js';

/** Where this scan's records go. Rejects with what the user can mend where something stands in the way. */
export async function resultsFor(
  options: ScanOptions,
  now: Asked,
  io: Io,
): Promise<Results & { headers?: readonly Header[]; kept?: Kept | undefined; growsIn?: string }> {
  const { out, recheck, format, columns } = options;
  if (options.store)
    return (await import('./scan-store.js')).storedResults(options, now, io.env, keysFor(options, io));
  if (out === undefined) return new StreamResults(await formOf(format, columns), stdoutSink(io));
  if (format !== 'ndjson')
    return new StreamResults(await formOf(format, columns), await fileSink(out, options));
  const results = await FileResults.open(
    {
      out,
      resume: options.resume === true,
      overwrite: options.overwrite === true,
      byContent: options.byContent === true,
      sniff: options.sniff === true,
      ...((options.previews || options.keepManifests) && { keeps: { keys: keysFor(options, io) } }),
      redo: redoOf(recheck ?? [], now),
    },
    randomUUID(),
  );
  try {
    checkQuestion(results.headers, now, recheck);
    return results;
  } catch (error) {
    await results.leave();
    throw error;
  }
}

/** What manifest stores are sealed under; undefined where none is to be kept. */
export function keysFor(
  { keepManifests }: Pick<ScanOptions, 'keepManifests'>,
  io: Pick<Io, 'env'>,
): SecretKeys | undefined {
  return keepManifests ? openSecretKeys(readConfig(io.env).secrets) : undefined;
}

export function stdoutSink(io: Io): Sink {
  const output = new Output(io.stdout);
  return { write: (piece) => output.piece(piece), finish: async () => {}, discard: async () => {} };
}

/** The name stands for all of the results or for none. */
export async function fileSink(out: string, { overwrite }: { overwrite?: boolean }): Promise<Sink> {
  const lock = lockResults(out);
  try {
    if (!overwrite && existsSync(out)) throw new UsageError(said('cli.scan.there', { path: out }));
    const file = await WholeFile.begin(out);
    const write = async (piece: string | Uint8Array) => {
      await file.write(piece);
      return true;
    };
    const ended = (end: Promise<void>) => end.finally(() => lock.remove());
    return { write, finish: () => ended(file.finish()), discard: () => ended(file.discard()) };
  } catch (error) {
    lock.remove();
    throw error;
  }
}
