import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { readConfig } from '../config.js';
import type { EngineChoice } from '../core/c2pa/engine.js';
import type { ErrorRecord, Report } from '../core/report.js';
import { InspectError, type Inspector } from '../isolation/inspector.js';
import { createInspector } from '../isolation/pool.js';
import { type ColorChoice, wantsColor } from './color.js';
import { crJson } from './cr-json.js';
import { EXIT, type ExitCode, UsageError } from './exit-codes.js';
import { CONDITIONS, type Condition } from './fail-on.js';
import { inOrder } from './in-order.js';
import { type Io, say } from './io.js';
import { Output } from './output.js';

export interface InspectOptions {
  json?: boolean;
  asOf?: string;
  rulebooks?: string[];
  engine: EngineChoice;
  jobs?: number;
  failOn?: Condition[];
  color: ColorChoice;
  sidecar?: string;
  crjson?: boolean;
}

type Outcome = { path: string; report: Report } | { path: string; error: InspectError };

/** Results that may wait for a slow file before them, per job. */
const AHEAD_PER_JOB = 16;

export async function inspect(files: string[], options: InspectOptions, io: Io): Promise<ExitCode> {
  if (options.crjson) return crJson(onlyFile(files, '--crjson'), io);
  if (options.sidecar !== undefined) onlyFile(files, '--sidecar');
  await assertRulebooks(options.rulebooks);
  const jobs = options.jobs ?? Math.min(availableParallelism(), files.length);
  const { trustDir } = readConfig(io.env);
  const inspector = createInspector({ jobs, trustDir });
  const stop = () => void inspector.close();
  io.interrupted?.addEventListener('abort', stop, { once: true });
  try {
    return await inspectAll(files, options, io, inspector, jobs);
  } finally {
    io.interrupted?.removeEventListener('abort', stop);
    await inspector.close();
  }
}

async function inspectAll(
  files: string[],
  options: InspectOptions,
  io: Io,
  inspector: Inspector,
  jobs: number,
): Promise<ExitCode> {
  const asOf = options.asOf ?? new Date().toISOString().slice(0, 10);
  const inspectOne = async (path: string): Promise<Outcome> => {
    const { engine, rulebooks, sidecar } = options;
    try {
      const report = await inspector.inspect({
        path,
        name: basename(path),
        asOf,
        engine,
        ...(rulebooks !== undefined && { rulebooks }),
        ...(sidecar !== undefined && { sidecarPath: sidecar }),
      });
      return { path, report };
    } catch (error) {
      if (error instanceof InspectError) return { path, error };
      return { path, error: new InspectError('internal', 'the inspection failed', { cause: error }) };
    }
  };

  const output = new Output(io.stdout);
  const outcomes = inOrder(files, jobs * AHEAD_PER_JOB, inspectOne);
  const shown = options.json === true ? asJsonLine : await textOf(options, io);
  let notInspected = 0;
  const met = new Map<Condition, number>();
  for await (const outcome of outcomes) {
    if (io.interrupted?.aborted) return EXIT.interrupted;
    if ('error' in outcome) notInspected += 1;
    else count(outcome.report, options.failOn ?? [], met);
    if (!(await output.write(shown(outcome)))) break;
  }
  for (const [condition, files] of met)
    say(io, `assay: ${condition}: ${files} ${files === 1 ? 'file' : 'files'}`);
  if (met.size > 0) return EXIT.conditionMet;
  return notInspected > 0 ? EXIT.notAllInspected : EXIT.done;
}

function onlyFile(files: string[], option: string): string {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) throw new UsageError(`${option} goes with exactly one file`);
  return file;
}

/** Known before any file is opened, so that a slip of the pen is no run of empty reports. */
async function assertRulebooks(ids: string[] | undefined): Promise<void> {
  if (ids === undefined) return;
  const { loadRulebooks } = await import('../core/rulebooks/index.js');
  try {
    loadRulebooks(ids);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'unknown-rulebook') {
      throw new UsageError(error.message, { cause: error });
    }
    throw error;
  }
}

function count(report: Report, conditions: Condition[], met: Map<Condition, number>): void {
  for (const condition of conditions) {
    if (CONDITIONS[condition].holds(report)) met.set(condition, (met.get(condition) ?? 0) + 1);
  }
}

function asJsonLine(outcome: Outcome): string {
  return `${JSON.stringify('report' in outcome ? outcome.report : errorRecord(outcome.path, outcome.error))}\n`;
}

function errorRecord(path: string, { code, message }: InspectError): ErrorRecord {
  return { schema: 'assay.error/1', path, code, message };
}

async function textOf(options: InspectOptions, io: Io): Promise<(outcome: Outcome) => string> {
  const { renderText } = await import('../core/renderers/text.js');
  const layout = { color: wantsColor(options.color, io), ...(io.width !== undefined && { width: io.width }) };
  let before = '';
  return (outcome) => {
    if ('error' in outcome) {
      say(io, `assay: ${outcome.path}: ${words(outcome.error)}`);
      return '';
    }
    const text = `${before}${renderText(outcome.report, layout).trimEnd()}\n`;
    before = `\n${'─'.repeat(Math.min(io.width ?? 80, 80))}\n\n`;
    return text;
  };
}

/** Our own fault is told with its cause: whoever runs the command can do something about it. */
function words({ message, cause }: InspectError): string {
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}
