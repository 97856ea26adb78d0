import type { ReadFault } from '../../base/fault.js';
import { asRecord, compact, type JsonRecord, ownMember, parseJson } from '../../base/json-shape.js';
import { CODE_CACHE_STATES, type CodeCacheState } from '../../base/process/v8-cache.js';
import type { EngineName } from '../../core/c2pa/engine-names.js';
import { ENGINE_NAMES } from '../../core/c2pa/engine-names.js';
import type { Carrier } from '../../core/media/carrier.js';
import type { PictureKind, SmallPicture } from '../../core/media/pictures.js';
import type { FingerprintKind } from '../../matching/fingerprint.js';
import type { ResolvedOptions } from '../options/resolved.js';
import type { EndedStep } from './progress-file.js';
import { STEPS } from './steps.js';

/**
 * Protocol between parent and reading process: JSON, one message per line, over a socket pair. Node's IPC channel would
 * parse messages of any length and obeys commands in them, which a process that has read hostile bytes must not
 * control.
 */
export const CHANNEL_FD = 3;

/** Sent by the parent once, before the first task. */
export interface ProcessSettings {
  /** Folder of trust lists; the child reads it only for files with a manifest. */
  trustDir?: string;
}

/** Options of a request that a reading process is given. Everything else of the request stays in the parent. */
export interface ReadingOptions
  extends Pick<ResolvedOptions, 'asOf' | 'asOfSource' | 'engine' | 'deep' | 'visible' | 'reveal'> {
  /** See `ReadOptions`. */
  ownHash?: true;
  /** See `ReadOptions`. */
  skipsStar?: true;
}

/** Picks the options for a reading process from an object with further members. */
export const pickReadingOptions = ({
  asOf,
  asOfSource,
  engine,
  deep,
  visible,
  reveal,
  ownHash,
  skipsStar,
}: ReadingOptions): ReadingOptions =>
  compact({ asOf, asOfSource, engine, deep, visible, reveal, ownHash, skipsStar } satisfies Record<
    keyof ReadingOptions,
    unknown
  >);

/** Sent by the parent: one attempt at one file. */
export interface Task extends ReadingOptions {
  task: number;
  /** Absolute, since the child's working directory is `/`. */
  path: string;
  /** Absolute, like `path`. */
  sidecarPath?: string;
  /** Absolute, like `path`. */
  initPath?: string;
  /** Requests the evidence field by field, together with the Observation. */
  evidence?: true;
  /**
   * Requests other output than an Observation: the manifest store in crJSON or why there is none, `CrJsonAnswer`;
   * `Pictures`; `MadeFingerprints`; `AgainAnswer`, if the file contains a stored inspection; or, without any file,
   * `picture` re-encoded.
   */
  output?: 'crjson' | 'pictures' | 'fingerprint' | 'again' | 'recode';
  /** Picture for `recode`, as stated by the process that made it. */
  picture?: SmallPicture;
  /** Pictures to skip for `pictures` because an earlier process died on them. */
  without?: PictureKind[];
  /** Requests fingerprints too, as member `fingerprint` of `pictures`. */
  fingerprint?: true;
  /** Kinds of fingerprints to skip because an earlier process died on them. */
  withoutFingerprint?: FingerprintKind[];
  /** Requests the data for a recheck without the file, together with the Observation. */
  keep?: boolean;
  /** Requests one small picture, as member `small` of the output `fingerprint`. */
  small?: true;
  /**
   * Requests the manifest store of the file: in a message of its own before the Observation, or as member
   * `manifestStore` of the output `fingerprint`.
   */
  manifestStore?: true;
  /** Requests Observations of parts of the file too. */
  partReports?: true;
  /** Requests the steps and their durations. */
  steps?: true;
  /** Parts are named but not read, because an earlier process died on one. */
  insideFault?: ReadFault;
  /** Visible marks are not looked for, because an earlier process died on that. */
  visibleFault?: ReadFault;
  skip: Partial<Record<Carrier, ReadFault>>;
  engineFaults: Partial<Record<EngineName, ReadFault>>;
}

/** Descriptor from which a process reads packs: an unlinked file that only the parent writes. */
export const PACK_FD = 6;

export interface PackItem {
  /** Offset from the start of the pack, and length. */
  at: number;
  bytes: number;
  /** Requests the whole Observation instead of its record. */
  whole?: true;
  /** Media type by the file's name; if the content is of another type, a record alone may not suffice. */
  declared?: string;
}

/**
 * Sent by the parent: small files, one after the other in shared memory. Their task numbers are `pack`, `pack + 1` and
 * so on, unique among tasks; each is answered by one message, in any order.
 */
export interface PackTask extends ReadingOptions {
  pack: number;
  /** Offset of the pack in that memory, and its length. */
  place: number;
  bytes: number;
  items: PackItem[];
  /** Requests the steps of each file and their durations. */
  steps?: true;
}

/** `open`: the file could not be opened or read; `code` is the system's. `exception`: an unexpected error was thrown. */
export interface TaskError {
  phase: 'open' | 'exception';
  code: string;
}

/**
 * Sent before any task is read. `code`: whether the process runs code that V8 compiled earlier; absent if no code is
 * cached.
 */
export interface ReadyMessage {
  ready: true;
  code?: CodeCacheState;
}

/**
 * Sent by the child, unchecked. If the task says `keep`, `concluded` comes first and `report` then contains only the
 * attachments, so that the parent can work meanwhile. Observations of parts come one by one before `report`, so that no
 * message takes long to parse.
 */
export type ReaderMessage =
  | ReadyMessage
  | { task: number; concluded: unknown }
  | { task: number; manifestStore: unknown }
  | { task: number; part: unknown }
  /** Record of one file of a pack, if it was requested. */
  | { task: number; record: unknown; steps: EndedStep[] }
  | { task: number; report: unknown; steps: EndedStep[] }
  | { task: number; error: TaskError };

/** Each file has every step once, and some twice. */
const MAX_STEPS = 100;
const SYSTEM_CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

/** Returns `undefined` for anything that is not a message of this protocol. */
export function parseReaderMessage(line: string): ReaderMessage | undefined {
  const message = asRecord(parseJson(line));
  if (message === undefined) return undefined;
  if (ownMember(message, 'ready') === true) return parseReady(ownMember(message, 'code'));
  const task = ownMember(message, 'task');
  if (typeof task !== 'number') return undefined;
  if (Object.hasOwn(message, 'concluded')) return { task, concluded: message['concluded'] };
  if (Object.hasOwn(message, 'manifestStore')) return { task, manifestStore: message['manifestStore'] };
  if (Object.hasOwn(message, 'part')) return { task, part: message['part'] };
  if (Object.hasOwn(message, 'record')) {
    return { task, record: message['record'], steps: parseSteps(ownMember(message, 'steps')) };
  }
  if (Object.hasOwn(message, 'report')) {
    return { task, report: message['report'], steps: parseSteps(ownMember(message, 'steps')) };
  }
  const error = parseError(asRecord(ownMember(message, 'error')));
  return error === undefined ? undefined : { task, error };
}

function parseReady(said: unknown): ReadyMessage {
  const code = CODE_CACHE_STATES.find((state) => state === said);
  return { ready: true, ...(code && { code }) };
}

/** Parses steps for metrics only; malformed ones are skipped. */
function parseSteps(said: unknown): EndedStep[] {
  if (!Array.isArray(said)) return [];
  return said.slice(0, MAX_STEPS).flatMap((each) => {
    const record = asRecord(each);
    const step = record && STEPS.find((name) => name === ownMember(record, 'step'));
    const engine = record && ENGINE_NAMES.find((name) => name === ownMember(record, 'engine'));
    const millis = record && ownMember(record, 'millis');
    if (step === undefined || typeof millis !== 'number' || millis < 0) return [];
    return [{ step, millis, ...(engine && { engine }) }];
  });
}

function parseError(record: JsonRecord | undefined): TaskError | undefined {
  if (record === undefined) return undefined;
  const phase = ownMember(record, 'phase');
  const code = ownMember(record, 'code');
  if ((phase !== 'open' && phase !== 'exception') || typeof code !== 'string') return undefined;
  return { phase, code: SYSTEM_CODE.test(code) ? code : 'UNKNOWN' };
}

/** Returns the system's code of an error, or `UNKNOWN`. */
export function systemErrorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}
