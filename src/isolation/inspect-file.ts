import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Step } from '../core/analyze-options.js';
import type { ReadFault } from '../core/evidence.js';
import type { Report } from '../core/report.js';
import { faultOf } from './faults.js';
import { type FileState, fileState, inspectError, inspectErrorFor, sameState } from './file-check.js';
import { InspectError, type InspectRequest } from './inspector.js';
import { type IsolationLimits, type TimeBudget, timeBudget } from './isolation-limits.js';
import { FIRST_PLAN, nextPlan, type Plan } from './plan.js';
import { type ProcessStock, type Size, stopped } from './process-stock.js';
import type { Task } from './protocol.js';
import { unreadReport } from './unread.js';

/** One file on its way to a Report. */
interface Job {
  request: InspectRequest;
  /** As it was before the first attempt. */
  state: FileState;
  bytes: number;
  size: Size;
  time: TimeBudget;
  /** `performance.now()` when the attempts must have ended. */
  attemptsEnd: number;
  stock: ProcessStock;
  bounds: IsolationLimits;
}

/** An attempt that came to no Report, and the step to blame where one is known. */
interface Failure {
  fault: ReadFault;
  suspect?: Step | undefined;
}

/** One file, through as many processes as it takes down, to one Report. */
export async function inspectFile(
  request: InspectRequest,
  stock: ProcessStock,
  bounds: IsolationLimits,
): Promise<Report> {
  const state = await fileState(request.path);
  await assertSidecar(request.sidecarPath);
  const bytes = Number(state.size);
  const time = timeBudget(bytes, bounds);
  const begun = performance.now();
  const size = bytes <= bounds.smallAssetBytes ? 'small' : 'large';
  const job: Job = {
    request,
    state,
    bytes,
    size,
    time,
    attemptsEnd: begun + time.attemptsMillis,
    stock,
    bounds,
  };

  let fault = usedUp(job).fault;
  for (let plan: Plan | undefined = FIRST_PLAN; plan !== undefined && left(job) > 0; ) {
    const outcome = await attempt(job, plan);
    if ('report' in outcome) return outcome.report;
    fault = outcome.fault;
    plan = nextPlan(plan, outcome.suspect, fault, request.engine);
  }

  const hashEnd = begun + time.taskMillis + bounds.unreadGraceMillis;
  const hashMillis = Math.max(hashEnd - performance.now(), bounds.leastHashMillis);
  const report = await unreadReport(request, bytes, fault, hashMillis, bounds.hashChunkBytes);
  await assertUnchanged(job);
  return report;
}

/** Rejects with an InspectError where the file cannot be read at all, or nothing can. */
async function attempt(job: Job, plan: Plan): Promise<{ report: Report } | Failure> {
  const { stock, size, time } = job;
  // Loaded while the process starts.
  const checking = import('./report-check.js');
  const rules = import('../core/rulebooks/index.js');
  const process = await stock.take(size, left(job));
  if (process === undefined) return usedUp(job);
  const { loadRulebooks } = await rules;
  process.teach({
    rulebooks: loadRulebooks(),
    ...(stock.trustDir === undefined ? {} : { trustDir: stock.trustDir }),
  });
  const { stepMillis, taskMillis } = time;
  const end = await process.attempt(taskOf(job, plan), { leftMillis: left(job), stepMillis, taskMillis });
  if (stock.closed) throw stopped();
  if (end.end === 'report') {
    const { isReportOf } = await checking;
    const { report } = end;
    const good = isReportOf(report, job.request, job.bytes);
    if (!good) await process.kill();
    stock.giveBack(process, size);
    // Asked first: the report on a file that grew meanwhile is no nonsense.
    await assertUnchanged(job);
    return good ? { report } : { fault: faultOf({ cause: 'bad-answer' }, 0) };
  }
  stock.giveBack(process, size);
  if (end.end === 'death') return end;
  if (end.error.phase === 'open') throw inspectErrorFor(end.error.code);
  return { fault: faultOf({ cause: 'exception' }, 0), suspect: end.suspect };
}

const left = (job: Job) => job.attemptsEnd - performance.now();

const usedUp = ({ time }: Job): Failure => ({
  fault: faultOf({ cause: 'budget', millis: time.taskMillis }, 0),
});

async function assertUnchanged({ request, state }: Job): Promise<void> {
  if (!sameState(state, await fileState(request.path))) throw inspectError('changed-while-reading');
}

/** Said before anything is read: the file is fine, and its sidecar is what is not. */
async function assertSidecar(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  await fileState(path).catch((error: unknown) => {
    if (error instanceof InspectError) throw new InspectError(error.code, `the sidecar: ${error.message}`);
    throw error;
  });
}

/** A task's number only has to differ from those the same process had before. */
let lastTask = 0;

function taskOf({ request }: Job, { skip, engineFaults }: Plan): Task {
  lastTask += 1;
  const { sidecarPath } = request;
  const sidecar = sidecarPath === undefined ? {} : { sidecarPath: resolve(sidecarPath) };
  return { task: lastTask, ...request, ...sidecar, skip, engineFaults };
}
