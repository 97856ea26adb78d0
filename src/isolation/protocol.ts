import type { Step } from '../core/analyze-options.js';
import type { EngineChoice, EngineName } from '../core/c2pa/engine.js';
import { ENGINE_NAMES } from '../core/c2pa/engine.js';
import { CARRIERS, type Carrier, type ReadFault } from '../core/evidence.js';
import { asRecord, type JsonRecord, member } from '../core/json-shape.js';
import type { Rulebook } from '../core/rulebook.js';

/**
 * What parent and reading process say to each other: JSON, one message a line, over a socket pair of their own.
 * Node's IPC channel would parse whatever length arrives, and obeys commands of its own in it;
 * a process that has read hostile bytes gets neither.
 */
export const CHANNEL_FD = 3;

/**
 * Parent to child, once, before the first task: the rulebooks, read and checked where no file's bytes come.
 * The schema library that checks them takes longer to load than a small file takes to read.
 */
export interface Lesson {
  rulebooks: Rulebook[];
  /** Folder of trust lists; read by the child, and only for files that carry a manifest. */
  trustDir?: string;
}

/** Parent to child: one attempt at one file. */
export interface Task {
  task: number;
  /** Absolute: the child stands in `/`. */
  path: string;
  name: string;
  asOf: string;
  rulebooks?: string[];
  engine: EngineChoice;
  declaredMediaType?: string;
  /** Absolute, as `path`. */
  sidecarPath?: string;
  /** Instead of a Report, the manifest store in crJSON or why there is none: `CrJsonAnswer`. */
  output?: 'crjson';
  skip: Partial<Record<Carrier, ReadFault>>;
  engineFaults: Partial<Record<EngineName, ReadFault>>;
}

/**
 * `open`: the file could not be opened or its bytes not be had; `code` is the system's.
 * `exception`: something was thrown that nobody expected.
 */
export interface TaskError {
  phase: 'open' | 'exception';
  code: string;
}

/** Child to parent. `report` has not been checked. */
export type Message =
  | { ready: true }
  | { task: number; step: Step }
  | { task: number; report: unknown }
  | { task: number; error: TaskError };

const STEPS: ReadonlySet<unknown> = new Set(['open', 'hash', 'detect', ...CARRIERS]);
const SYSTEM_CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

/** Undefined for anything that is not a message of this protocol. */
export function parseMessage(line: string): Message | undefined {
  const message = asRecord(parseJson(line));
  if (message === undefined) return undefined;
  if (member(message, 'ready') === true) return { ready: true };
  const task = member(message, 'task');
  if (typeof task !== 'number') return undefined;
  if (Object.hasOwn(message, 'report')) return { task, report: message['report'] };
  const step = parseStep(asRecord(member(message, 'step')));
  if (step !== undefined) return { task, step };
  const error = parseError(asRecord(member(message, 'error')));
  return error === undefined ? undefined : { task, error };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function parseStep(record: JsonRecord | undefined): Step | undefined {
  if (record === undefined) return undefined;
  const step = member(record, 'step');
  const state = member(record, 'state');
  const engine = ENGINE_NAMES.find((name) => name === member(record, 'engine'));
  if (!STEPS.has(step) || (state !== 'start' && state !== 'end')) return undefined;
  return { step: step as Step['step'], state, ...(engine && { engine }) };
}

function parseError(record: JsonRecord | undefined): TaskError | undefined {
  if (record === undefined) return undefined;
  const phase = member(record, 'phase');
  const code = member(record, 'code');
  if ((phase !== 'open' && phase !== 'exception') || typeof code !== 'string') return undefined;
  return { phase, code: SYSTEM_CODE.test(code) ? code : 'UNKNOWN' };
}
