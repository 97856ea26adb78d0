import { setTimeout as delay } from 'node:timers/promises';
import { said } from '../say/said.js';
import { errorSaid } from '../say/said-error.js';
import { enumerate, patiently } from '../scan/distributed/enumerate.js';
import type { Found } from '../scan/entry.js';
import type { Filter } from '../scan/filter.js';
import type { Header } from '../scan/header.js';
import type { LeftOut } from '../scan/left-out.js';
import { type Plan, parsePlan } from '../scan/plan.js';
import type { Asked } from '../scan/redo.js';
import type { GoneChoice, Roots } from '../scan/roots.js';
import { changesIn } from '../scan/run-changes.js';
import { changedIn, markGone } from '../scan/store-changes.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { type Io, tell } from './io.js';
import { tellLeftOut } from './scan-left-out.js';
import { checkKeptQuestion } from './scan-question.js';
import { afterRun } from './scan-since.js';
import { type KeptScans, namedScan } from './scan-store.js';

export interface Distribution {
  kept: KeptScans;
  /** Id of a scan to go on with. */
  scanId?: string;
  header: Header;
  plan: Plan;
  found: AsyncGenerator<Found>;
  filter: Filter;
  leftOut: LeftOut;
  filesPerJob: number;
  limit?: number;
  roots: Roots;
  gone: GoneChoice;
  tenant: string;
  now: Asked;
  webhook?: string;
  /** Until the last record is there. */
  wait: boolean;
}

const WAIT_MILLIS = 1_000;

/** Finds the files and hands them out; workers read them. */
export async function distribute(job: Distribution, io: Io): Promise<ExitCode> {
  const { kept, plan } = job;
  const { store } = kept;
  const queue = await kept.queue((error) => tell(io, errorSaid(error)));
  const before = await patiently(() => namedScan(job.scanId, job.tenant, store), io.interrupted);
  if (before?.scan.status === 'cancelled')
    throw new UsageError(said('cli.scan.cancelled', { scan: before.scan.id }));
  if (before !== undefined && before.scan.plan === undefined) {
    throw new UsageError(said('cli.scan.notDistributed', { scan: before.scan.id }));
  }
  if (before !== undefined) checkKeptQuestion(before.header, job.now);
  const now = () => new Date().toISOString();
  const { tenant } = job;
  const scan =
    before === undefined
      ? await store.create(
          { id: job.header.scan, tenant, header: JSON.stringify(job.header), plan: JSON.stringify(plan) },
          now(),
        )
      : { ...before.scan, run: await patiently(() => store.beginRun(before.scan.number), io.interrupted) };
  if (before !== undefined) {
    const wider = withRoots(before.scan.plan, plan);
    if (wider !== undefined)
      await patiently(() => store.setPlan(scan.number, JSON.stringify(wider)), io.interrupted);
    await patiently(() => store.setStatus(scan.number, 'listing', now()), io.interrupted);
  }
  tell(io, said('cli.scan.name', { scan: scan.id }));
  let files = 0;
  const whole = await enumerate({
    found: job.found,
    filter: job.filter,
    leftOut: job.leftOut,
    store,
    queue,
    scan,
    filesPerJob: job.filesPerJob,
    resumed: before !== undefined,
    ...(job.limit !== undefined && { limit: job.limit }),
    ...(io.interrupted && { interrupted: io.interrupted }),
    onFiles: (count) => {
      files += count;
    },
  });
  tellLeftOut({ leftOut: job.leftOut, filter: job.filter, isWhole: whole && job.limit === undefined }, io);
  if (!whole) {
    tell(io, said('cli.scan.handedOut.interrupted', { files, scan: scan.id }));
    return EXIT.interrupted;
  }
  const gone = before && job.roots.gone(job.gone, now());
  if (gone !== undefined) await patiently(() => markGone(store, scan, gone), io.interrupted);
  await patiently(() => queue.allFound(scan.number, now()), io.interrupted);
  tell(io, said('cli.scan.handedOut', { files, scan: scan.id }));
  return job.wait ? waited(job, scan.id, io) : EXIT.done;
}

/**
 * The plan that a scan was begun with, with folders that this run names and no run before it did: without them a machine on
 * which one is not mounted would tell its files as not there. Undefined where there are none.
 */
function withRoots(before: string | undefined, { roots = [] }: Plan): Plan | undefined {
  const plan = parsePlan(before);
  const known = plan?.roots ?? [];
  const all = new Set([...known, ...roots]);
  return plan === undefined || all.size === known.length ? undefined : { ...plan, roots: [...all] };
}

async function waited({ kept: { store }, webhook }: Distribution, id: string, io: Io): Promise<ExitCode> {
  for (;;) {
    if (io.interrupted?.aborted) return EXIT.interrupted;
    const scan = await patiently(() => store.get(id), io.interrupted);
    if (scan === undefined || scan.status === 'cancelled') return EXIT.notAllInspected;
    if (scan.status === 'done') {
      if (scan.run > 1) {
        const changes = await patiently(() => changesIn(changedIn(store, scan)), io.interrupted);
        await afterRun({ scan: id, run: scan.run, changes }, webhook, io);
      }
      const { errors } = await patiently(() => store.counts(scan.number), io.interrupted);
      return errors > 0 ? EXIT.notAllInspected : EXIT.done;
    }
    await delay(WAIT_MILLIS, undefined, io.interrupted ? { signal: io.interrupted } : {}).catch(() => {});
  }
}
