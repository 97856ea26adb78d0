import { CODE_STATES, type CodeState } from '../cached-code.js';
import type { EngineName } from '../core/c2pa/engine-names.js';
import { ENGINE_NAMES } from '../core/c2pa/engine-names.js';
import type { ReadFault } from '../core/ground/fault.js';
import { asRecord, type JsonRecord, jsonIn, member } from '../core/ground/json-shape.js';
import type { LikenessKind } from '../core/likeness/likeness.js';
import type { Carrier } from '../core/media/carrier.js';
import type { PictureKind, SmallPicture } from '../core/media/pictures.js';
import type { Asked } from '../question/asked.js';
import type { EndedStep } from './step-slate.js';
import { STEPS } from './steps.js';

/**
 * What parent and reading process say to each other: JSON, one message a line, over a socket pair of their own.
 * Node's IPC channel would parse whatever length arrives, and obeys commands of its own in it;
 * a process that has read hostile bytes gets neither.
 */
export const CHANNEL_FD = 3;

/** Parent to child, once, before the first task. */
export interface ProcessSettings {
  /** Folder of trust lists; read by the child, and only for files that carry a manifest. */
  trustDir?: string;
}

/** Parent to child: one attempt at one file. */
export interface Task extends Omit<Asked, 'rulebooks' | 'roles'> {
  task: number;
  /** Absolute: the child stands in `/`. */
  path: string;
  /** Absolute, as `path`. */
  sidecarPath?: string;
  /** Absolute, as `path`. */
  initPath?: string;
  /** As of `ReadOptions`. */
  ownHash?: true;
  /** With the Observation what the file says field by field. */
  evidence?: true;
  /**
   * Instead of an Observation: the manifest store in crJSON or why there is none, `CrJsonAnswer`; or `Pictures`; or
   * `MadeLikenesses`; or,
   * where the file holds what was kept of another, `AgainAnswer`; or, without any file, `picture` encoded anew.
   */
  output?: 'crjson' | 'pictures' | 'likeness' | 'again' | 'recode';
  /** Of `recode`: as the process said that made it. */
  picture?: SmallPicture;
  /** Of `pictures`, those not to be made: an earlier process died of them. */
  without?: PictureKind[];
  /** With `pictures`, what it looks and sounds like too, as their member `likeness`. */
  likeness?: true;
  /** Of that, kinds not to be made: an earlier process died of them. */
  withoutLikeness?: LikenessKind[];
  /** With the Observation, what a recheck needs that no longer has the file. */
  keep?: boolean;
  /** With `likeness` as output, one small picture as its member `small`. */
  small?: true;
  /**
   * Beside the Observation, the manifest store as it stands in the file: told before, in a message of its own. With
   * `likeness` as output as its member `manifestStore`.
   */
  manifestStore?: true;
  /** With the Observation, those of parts of the file. */
  partReports?: true;
  /** Which steps the file took is asked for. */
  steps?: true;
  /** Parts are named and not looked into: an earlier process died of one. */
  insideFault?: ReadFault;
  skip: Partial<Record<Carrier, ReadFault>>;
  engineFaults: Partial<Record<EngineName, ReadFault>>;
}

/** Where a process reads the bytes of packs: a file without a name, written by its parent alone. */
export const PACK_FD = 6;

/** One file of a pack. */
export interface PackItem {
  /** Where it begins, counted from the begin of the pack, and how long it is. */
  at: number;
  bytes: number;
  /** The whole Observation, and not the record that is made of it. */
  whole?: true;
  /** The media type that its name says: where the bytes are of another one, a record alone may not do. */
  declared?: string;
}

/**
 * Parent to child: small files, one after the other in the memory that both have. Their numbers are `pack`, `pack + 1`
 * and so on, none of them another task's; each is answered by one message, in whatever order.
 */
export interface PackTask extends Omit<Asked, 'rulebooks' | 'roles' | 'places' | 'summed'> {
  pack: number;
  /** Where the pack begins in that memory, and its length. */
  place: number;
  bytes: number;
  items: PackItem[];
  /** As of `ReadOptions`. */
  ownHash?: true;
  /** Which steps each file took is asked for. */
  steps?: true;
}

/**
 * `open`: the file could not be opened or its bytes not be had; `code` is the system's.
 * `exception`: something was thrown that nobody expected.
 */
export interface TaskError {
  phase: 'open' | 'exception';
  code: string;
}

/** Before anything was read. `code`: whether it runs what V8 compiled of it before; left out where nothing is kept. */
export interface Ready {
  ready: true;
  code?: CodeState;
}

/**
 * Child to parent; nothing in it has been checked. Where a task says `keep`, what is `concluded` comes first, and then,
 * as `report`, only what belongs beside it: the parent works on the one while the other is made. Observations of parts come
 * one by one before the `report`, so that none of the messages is long to parse.
 */
export type Message =
  | Ready
  | { task: number; concluded: unknown }
  | { task: number; manifestStore: unknown }
  | { task: number; part: unknown }
  /** Of a file of a pack: what was asked for as its record. */
  | { task: number; record: unknown; steps: EndedStep[] }
  | { task: number; report: unknown; steps: EndedStep[] }
  | { task: number; error: TaskError };

/** One file has each step once, and some of them twice. */
const MOST_STEPS = 100;
const SYSTEM_CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

/** Undefined for anything that is not a message of this protocol. */
export function parseMessage(line: string): Message | undefined {
  const message = asRecord(jsonIn(line));
  if (message === undefined) return undefined;
  if (member(message, 'ready') === true) return readyOf(member(message, 'code'));
  const task = member(message, 'task');
  if (typeof task !== 'number') return undefined;
  if (Object.hasOwn(message, 'concluded')) return { task, concluded: message['concluded'] };
  if (Object.hasOwn(message, 'manifestStore')) return { task, manifestStore: message['manifestStore'] };
  if (Object.hasOwn(message, 'part')) return { task, part: message['part'] };
  if (Object.hasOwn(message, 'record')) {
    return { task, record: message['record'], steps: parseSteps(member(message, 'steps')) };
  }
  if (Object.hasOwn(message, 'report')) {
    return { task, report: message['report'], steps: parseSteps(member(message, 'steps')) };
  }
  const error = parseError(asRecord(member(message, 'error')));
  return error === undefined ? undefined : { task, error };
}

function readyOf(said: unknown): Ready {
  const code = CODE_STATES.find((state) => state === said);
  return { ready: true, ...(code && { code }) };
}

/** For figures only: one that is none is left out. */
function parseSteps(said: unknown): EndedStep[] {
  if (!Array.isArray(said)) return [];
  return said.slice(0, MOST_STEPS).flatMap((each) => {
    const record = asRecord(each);
    const step = record && STEPS.find((name) => name === member(record, 'step'));
    const engine = record && ENGINE_NAMES.find((name) => name === member(record, 'engine'));
    const millis = record && member(record, 'millis');
    if (step === undefined || typeof millis !== 'number' || millis < 0) return [];
    return [{ step, millis, ...(engine && { engine }) }];
  });
}

function parseError(record: JsonRecord | undefined): TaskError | undefined {
  if (record === undefined) return undefined;
  const phase = member(record, 'phase');
  const code = member(record, 'code');
  if ((phase !== 'open' && phase !== 'exception') || typeof code !== 'string') return undefined;
  return { phase, code: SYSTEM_CODE.test(code) ? code : 'UNKNOWN' };
}

/** Of a fault of the system's. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}
