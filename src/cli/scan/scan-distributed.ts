import { setTimeout as delay } from 'node:timers/promises';
import { message } from '../../i18n/message.js';
import { messageOf } from '../../i18n/message-error.js';
import { collectChanges } from '../../scan/compare/run-changes.js';
import { enqueueFiles, retryOnOutage } from '../../scan/distributed/enumerate.js';
import type { Header } from '../../scan/records/header.js';
import type { RunConditions } from '../../scan/results/redo.js';
import { markGone, storedChanges } from '../../scan/results/store-changes.js';
import { parsePlan, type ScanPlan } from '../../scan/run/plan.js';
import type { FoundEntry } from '../../scan/sources/entry.js';
import type { Exclusions } from '../../scan/sources/exclusions.js';
import type { FileFilter } from '../../scan/sources/filter.js';
import type { GoneChoice, ScanRoots } from '../../scan/sources/roots.js';
import { EXIT, type ExitCode, UsageError } from '../shared/exit-codes.js';
import { type Io, printMessage } from '../shared/io.js';
import { printExclusions } from './scan-exclusions.js';
import { checkSameStoredOptions } from './scan-inspect-options.js';
import { reportChanges } from './scan-since.js';
import { findNamedScan, type StoredScans } from './scan-store.js';

export interface Distribution {
  stored: StoredScans;
  /** Id of an existing scan to continue. */
  scanId?: string;
  header: Header;
  plan: ScanPlan;
  found: AsyncGenerator<FoundEntry>;
  filter: FileFilter;
  leftOut: Exclusions;
  roots: ScanRoots;
  gone: GoneChoice;
  tenant: string;
  current: RunConditions;
  webhook?: string;
  /** Whether to wait until the last record is stored. */
  wait: boolean;
}

const POLL_MILLIS = 1_000;

/** Lists the files and enqueues them for workers. */
export async function distribute(job: Distribution, io: Io): Promise<ExitCode> {
  const { stored: kept, plan } = job;
  const { store } = kept;
  const queue = await kept.queue((error) => printMessage(io, messageOf(error)));
  const before = await retryOnOutage(() => findNamedScan(job.scanId, job.tenant, store), io.interrupted);
  if (before?.scan.status === 'cancelled')
    throw new UsageError(message('cli.scan.cancelled', { scan: before.scan.id }));
  if (before !== undefined && before.scan.plan === undefined) {
    throw new UsageError(message('cli.scan.notDistributed', { scan: before.scan.id }));
  }
  if (before !== undefined) checkSameStoredOptions(before.header, job.current);
  const now = () => new Date().toISOString();
  const { tenant } = job;
  const scan =
    before === undefined
      ? await store.create(
          { id: job.header.scan, tenant, header: JSON.stringify(job.header), plan: JSON.stringify(plan) },
          now(),
        )
      : {
          ...before.scan,
          run: await retryOnOutage(() => store.beginRun(before.scan.number), io.interrupted),
        };
  if (before !== undefined) {
    const wider = planWithRoots(before.scan.plan, plan);
    if (wider !== undefined)
      await retryOnOutage(() => store.setPlan(scan.number, JSON.stringify(wider)), io.interrupted);
    await retryOnOutage(() => store.setStatus(scan.number, 'listing', now()), io.interrupted);
  }
  printMessage(io, message('cli.scan.name', { scan: scan.id }));
  let files = 0;
  const whole = await enqueueFiles({
    found: job.found,
    filter: job.filter,
    leftOut: job.leftOut,
    store,
    queue,
    scan,
    resumed: before !== undefined,
    ...(io.interrupted && { interrupted: io.interrupted }),
    onFiles: (count) => {
      files += count;
    },
  });
  printExclusions({ leftOut: job.leftOut, filter: job.filter, isWhole: whole }, io);
  if (!whole) {
    printMessage(io, message('cli.scan.handedOut.interrupted', { files, scan: scan.id }));
    return EXIT.interrupted;
  }
  const gone = before && job.roots.createGoneQuery(job.gone, now());
  if (gone !== undefined) await retryOnOutage(() => markGone(store, scan, gone), io.interrupted);
  await retryOnOutage(() => queue.endListing(scan.number, now()), io.interrupted);
  printMessage(io, message('cli.scan.handedOut', { files, scan: scan.id }));
  return job.wait ? waitForEnd(job, scan.id, io) : EXIT.done;
}

/**
 * Adds the folders of this run to the plan of the scan; `undefined` if there are no new ones. Without them a machine on
 * which a new folder is not mounted would report its files as missing.
 */
function planWithRoots(before: string | undefined, { roots = [] }: ScanPlan): ScanPlan | undefined {
  const plan = parsePlan(before);
  const known = plan?.roots ?? [];
  const all = new Set([...known, ...roots]);
  return plan === undefined || all.size === known.length ? undefined : { ...plan, roots: [...all] };
}

async function waitForEnd(
  { stored: { store }, webhook }: Distribution,
  id: string,
  io: Io,
): Promise<ExitCode> {
  for (;;) {
    if (io.interrupted?.aborted) return EXIT.interrupted;
    const scan = await retryOnOutage(() => store.get(id), io.interrupted);
    if (scan === undefined || scan.status === 'cancelled') return EXIT.notAllInspected;
    if (scan.status === 'done') {
      if (scan.run > 1) {
        const changes = await retryOnOutage(() => collectChanges(storedChanges(store, scan)), io.interrupted);
        await reportChanges({ scan: id, run: scan.run, changes }, webhook, io);
      }
      const { errors } = await retryOnOutage(() => store.counts(scan.number), io.interrupted);
      return errors > 0 ? EXIT.notAllInspected : EXIT.done;
    }
    await delay(POLL_MILLIS, undefined, io.interrupted ? { signal: io.interrupted } : {}).catch(() => {});
  }
}
