import { Readable } from 'node:stream';
import { readConfig } from '../../config/settings.js';
import { message } from '../../i18n/message.js';
import { expandArchives } from '../../scan/archives/members.js';
import type { RemoteFiles } from '../../scan/run/remote-files.js';
import type { FoundEntry } from '../../scan/sources/entry.js';
import type { Exclusions } from '../../scan/sources/exclusions.js';
import type { FileFilter } from '../../scan/sources/filter.js';
import { isObjectPath } from '../../scan/sources/s3/address.js';
import { findFiles, readNames } from '../../scan/sources/sources.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { type Io, printMessage } from '../shared/io.js';
import type { ScanOptions } from './scan-arguments.js';
import { printExclusions } from './scan-exclusions.js';
import { formatSize, type ProgressPrinter } from './scan-progress.js';

/** Name that S3 gives to the manifest of an inventory. */
const INVENTORY = /(^|\/)manifest\.json$/;

/** Yields all files that the command line names. */
export async function* findSources(
  paths: string[],
  options: ScanOptions,
  parts: { filter: FileFilter; elsewhere: RemoteFiles; leftOut?: Exclusions | undefined },
  io: Io,
): AsyncGenerator<FoundEntry> {
  const found = topLevelSources(paths, options, parts, io);
  const { archives: kinds, hidden = false } = options;
  const { filter, elsewhere, leftOut } = parts;
  // In a distributed scan the workers open the archives.
  if (kinds === undefined || options.distributed) yield* found;
  else {
    const { sandbox } = readConfig(io.env);
    yield* expandArchives(found, {
      kinds,
      hidden,
      filter,
      leftOut,
      sandbox,
      scratch: () => elsewhere.scratch,
    });
  }
}

async function* topLevelSources(
  paths: string[],
  options: ScanOptions,
  {
    filter,
    elsewhere,
    leftOut,
  }: { filter: FileFilter; elsewhere: RemoteFiles; leftOut?: Exclusions | undefined },
  io: Io,
): AsyncGenerator<FoundEntry> {
  const where = {
    filter,
    hidden: options.hidden === true,
    followSymlinks: options.followSymlinks === true,
    sidecars: options.sidecars === true,
    leftOut,
    objects: elsewhere.objects,
  };
  yield* findFiles(paths, where);
  if (options.filesFrom === undefined) return;
  if (INVENTORY.test(options.filesFrom)) {
    yield* elsewhere.source.readInventory(options.filesFrom, where);
    return;
  }
  const list =
    options.filesFrom === '-'
      ? io.stdin
      : isObjectPath(options.filesFrom)
        ? Readable.from(elsewhere.source.readObjectBytes(options.filesFrom), { objectMode: false })
        : options.filesFrom;
  if (list === undefined) throw new UsageError(message('cli.scan.usage.noStdin'));
  yield* findFiles(readNames(list), where);
}

export async function dryRun(
  found: AsyncIterable<FoundEntry>,
  filter: FileFilter,
  leftOut: Exclusions,
  io: Io,
): Promise<ExitCode> {
  let files = 0;
  let bytes = 0;
  let lost = 0;
  for await (const one of found) {
    if (io.interrupted?.aborted) return EXIT.interrupted;
    if ('lost' in one) {
      lost += 1;
      printMessage(io, message('cli.inspect.failed', { path: one.lost.path, why: one.lost.userMessage }));
    } else {
      const left = filter.entryExclusion(one.entry);
      if (left !== undefined) {
        leftOut.file(left);
        continue;
      }
      files += 1;
      bytes += one.entry.bytes;
    }
  }
  printMessage(io, message('cli.scan.dry', { files, size: formatSize(bytes) }));
  printExclusions({ leftOut, filter, isWhole: true }, io);
  return lost > 0 ? EXIT.notAllInspected : EXIT.done;
}

export async function countAll(
  found: AsyncIterable<FoundEntry>,
  filter: FileFilter,
  progress: ProgressPrinter,
): Promise<void> {
  let total = 0;
  try {
    for await (const one of found) if ('lost' in one || filter.wantsEntry(one.entry)) total += 1;
    progress.total = total;
  } catch {
    // The scan itself meets the same error and reports it.
  }
}
