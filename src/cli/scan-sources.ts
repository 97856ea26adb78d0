import { Readable } from 'node:stream';
import { readConfig } from '../config.js';
import { said } from '../say/said.js';
import { withMembers } from '../scan/archives/members.js';
import type { Elsewhere } from '../scan/elsewhere.js';
import type { Found } from '../scan/entry.js';
import type { Filter } from '../scan/filter.js';
import type { LeftOut } from '../scan/left-out.js';
import { isObjectPath } from '../scan/s3/address.js';
import { filesIn, namesFrom } from '../scan/sources.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { type Io, tell } from './io.js';
import type { ScanOptions } from './scan-asked.js';
import { tellLeftOut } from './scan-left-out.js';
import { type Progress, sizeOf } from './scan-progress.js';

/** All that the command line leads to, one at a time. */
export async function* sources(
  paths: string[],
  options: ScanOptions,
  parts: { filter: Filter; elsewhere: Elsewhere; leftOut?: LeftOut | undefined },
  io: Io,
): AsyncGenerator<Found> {
  const found = outermost(paths, options, parts, io);
  const { archives: kinds, hidden = false } = options;
  const { filter, elsewhere, leftOut } = parts;
  // Whoever reads them looks into them.
  if (kinds === undefined || options.distributed) yield* found;
  else {
    const { sandbox } = readConfig(io.env);
    yield* withMembers(found, { kinds, hidden, filter, leftOut, sandbox, scratch: () => elsewhere.scratch });
  }
}

async function* outermost(
  paths: string[],
  options: ScanOptions,
  { filter, elsewhere, leftOut }: { filter: Filter; elsewhere: Elsewhere; leftOut?: LeftOut | undefined },
  io: Io,
): AsyncGenerator<Found> {
  const where = {
    filter,
    hidden: options.hidden === true,
    followSymlinks: options.followSymlinks === true,
    sidecars: options.sidecars === true,
    oneFileSystem: options.oneFileSystem === true,
    ignoreFiles: options.ignoreFiles === true,
    ignoreCase: options.ignoreCase === true,
    leftOut,
    objects: elsewhere.objects,
  };
  yield* filesIn(paths, where);
  if (options.inventory !== undefined) yield* elsewhere.source.inventoryAt(options.inventory, where);
  if (options.filesFrom === undefined) return;
  const list =
    options.filesFrom === '-'
      ? io.stdin
      : isObjectPath(options.filesFrom)
        ? Readable.from(elsewhere.source.bytesAt(options.filesFrom), { objectMode: false })
        : options.filesFrom;
  if (list === undefined) throw new UsageError(said('cli.scan.usage.noStdin'));
  yield* filesIn(namesFrom(list, options.nul === true), where);
}

export async function dryRun(
  found: AsyncIterable<Found>,
  filter: Filter,
  { limit, leftOut }: Pick<ScanOptions, 'limit'> & { leftOut: LeftOut },
  io: Io,
): Promise<ExitCode> {
  let files = 0;
  let bytes = 0;
  let lost = 0;
  for await (const one of found) {
    if (io.interrupted?.aborted) return EXIT.interrupted;
    if (files >= (limit ?? Number.POSITIVE_INFINITY)) break;
    if ('lost' in one) {
      lost += 1;
      tell(io, said('scan.told', { path: one.lost.path, why: one.lost.said }));
    } else {
      const left = filter.leavesEntry(one.entry);
      if (left !== undefined) {
        leftOut.file(left);
        continue;
      }
      files += 1;
      bytes += one.entry.bytes;
    }
  }
  tell(io, said('cli.scan.dry', { files, size: sizeOf(bytes) }));
  tellLeftOut({ leftOut, filter, isWhole: limit === undefined }, io);
  return lost > 0 ? EXIT.notAllInspected : EXIT.done;
}

export async function countAll(
  found: AsyncIterable<Found>,
  filter: Filter,
  progress: Progress,
  limit: number | undefined,
): Promise<void> {
  let total = 0;
  try {
    for await (const one of found) if ('lost' in one || filter.wantsEntry(one.entry)) total += 1;
    progress.total = Math.min(total, limit ?? total);
  } catch {
    // The scan itself meets the same and says it.
  }
}
