import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { openSecretKeys } from '../../base/secrets/key-file.js';
import type { SecretKeys } from '../../base/secrets/secret-keys.js';
import { readConfig } from '../../config/settings.js';
import { message } from '../../i18n/message.js';
import { AtomicFile } from '../../scan/duplicates/whole-file.js';
import { attachmentOptions } from '../../scan/fingerprints/fingerprint-maker.js';
import { createFormat } from '../../scan/lines/formats.js';
import type { Header } from '../../scan/records/header.js';
import { FileResults, type ResultSizes } from '../../scan/results/file-results.js';
import { lockResults } from '../../scan/results/lock.js';
import { createRedoRule, type RunConditions } from '../../scan/results/redo.js';
import type { ScanResults } from '../../scan/results/results.js';
import { type OutputSink, StreamResults } from '../../scan/results/stream-results.js';
import { UsageError } from '../shared/exit-codes.js';
import type { Io } from '../shared/io.js';
import { Output } from '../shared/output.js';
import type { ScanOptions } from './scan-arguments.js';
import { checkSameOptions } from './scan-inspect-options.js';

/** Opens the destination of the scan's records. Rejects with an error that the user can fix if it is not available. */
export async function openResults(
  options: ScanOptions,
  now: RunConditions,
  io: Io,
): Promise<ScanResults & { headers?: readonly Header[]; sizes?: ResultSizes | undefined; growsIn?: string }> {
  const { out, recheck, format } = options;
  if (options.store)
    return (await import('./scan-store.js')).openStoredResults(
      options,
      now,
      io.env,
      manifestKeysFor(options, io),
    );
  if (out === undefined) return new StreamResults(await createFormat(format), stdoutSink(io));
  if (format !== 'ndjson') return new StreamResults(await createFormat(format), await fileSink(out, options));
  const results = await FileResults.open(
    {
      out,
      resume: options.resume === true,
      overwrite: options.overwrite === true,
      ...(attachmentOptions(options.keep) && {
        attachments: { keys: manifestKeysFor(options, io) },
      }),
      redo: createRedoRule(recheck ?? [], now),
    },
    randomUUID(),
  );
  try {
    checkSameOptions(results.headers, now, recheck);
    return results;
  } catch (error) {
    await results.leave();
    throw error;
  }
}

/** Returns the keys that encrypt manifest stores; `undefined` if none are to be stored. */
export function manifestKeysFor(
  { keep }: Pick<ScanOptions, 'keep'>,
  io: Pick<Io, 'env'>,
): SecretKeys | undefined {
  return keep?.includes('manifests') ? openSecretKeys(readConfig(io.env).secrets) : undefined;
}

export function stdoutSink(io: Io): OutputSink {
  const output = new Output(io.stdout);
  return { write: (piece) => output.write(piece), finish: async () => {}, discard: async () => {} };
}

/** The results appear complete or not at all. */
export async function fileSink(out: string, { overwrite }: { overwrite?: boolean }): Promise<OutputSink> {
  const lock = lockResults(out);
  try {
    if (!overwrite && existsSync(out)) throw new UsageError(message('cli.scan.there', { path: out }));
    const file = await AtomicFile.begin(out);
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
