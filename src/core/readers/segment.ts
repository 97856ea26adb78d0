import { fault, type ReadFault } from '../../base/fault.js';
import { limits } from '../../base/limits.js';
import { message } from '../../i18n/message.js';
import type { Evidence } from '../evidence/evidence.js';
import { Asset } from '../media/asset.js';
import type { Carrier } from '../media/carrier.js';
import { addNotes } from './c2pa/second-opinion.js';
import { isInitialisationSegment, isSegment } from './containers/bmff-movie.js';
import type { SegmentedStream } from './reader.js';

/**
 * A segment of fragmented BMFF (ISO/IEC 14496-12 §8.16) is a piece of a stream. Tracks, metadata and Content
 * Credentials of all segments are in the initialisation segment (C2PA 2.2 §9.2.4.2, Annex A.5). A segment is therefore
 * read joined to it, as in a player; otherwise the result reports the missing data.
 */

/** Companion of a file: none, its initialisation segment, or a fault that prevents reading it. */
export type StreamContext =
  | { stream: SegmentedStream }
  | { fault: ReadFault }
  | { plain: 'file' | 'segment' | 'unused' };

/** Opens the initialisation segment, which the caller closes. Throws the system's error if it cannot be opened. */
export async function openStreamContext(asset: Asset, initPath: string | undefined): Promise<StreamContext> {
  if (!(await isSegment(asset))) return { plain: initPath === undefined ? 'file' : 'unused' };
  if (initPath === undefined) return { plain: 'segment' };
  const init = await Asset.open(initPath);
  const wrong = await faultOfInit(init);
  if (wrong === undefined) return { stream: { init, segment: asset } };
  await init.close();
  return { fault: wrong };
}

async function faultOfInit(init: Asset): Promise<ReadFault | undefined> {
  if (init.bytes > limits.initSegmentBytes)
    return fault('bound.initSegment', { most: limits.initSegmentBytes });
  if (init.mediaType.container === 'bmff' && (await isInitialisationSegment(init))) return undefined;
  return fault('segment.notItsInit', { format: init.mediaType.format });
}

/** Adjusts the evidence to the segment's place in its stream. */
export function applyStreamContext(read: Evidence, how: StreamContext): Evidence {
  if ('stream' in how) return markJoined(read, how.stream);
  if ('fault' in how) return markSegmentAlone(read, how.fault);
  if (how.plain === 'segment') return markSegmentAlone(read, fault('segment.needsInit'));
  return how.plain === 'unused'
    ? { ...read, c2pa: addNotes(read.c2pa, message('note.segment.unused')) }
    : read;
}

/** Adjusts the evidence of a segment alone: anything missing may be in the initialisation segment. */
function markSegmentAlone(read: Evidence, why: ReadFault): Evidence {
  return Object.fromEntries(
    Object.entries(read).map(([carrier, one]) => [
      carrier,
      // Stream facts come from the tracks; without them they are guesses.
      one.status === 'absent' || carrier === 'streams'
        ? { status: 'unsupported', ...why }
        : isFromSidecars(one)
          ? { ...one, ...why }
          : one,
    ]),
  ) as unknown as Evidence;
}

/** Returns whether all values come from sidecars and none from the file. */
function isFromSidecars(read: Evidence[Carrier]): boolean {
  const value: unknown = read.status === 'found' && read.code === undefined ? read.value : undefined;
  return Array.isArray(value) && value.length > 0 && value.every((one) => one.sidecar === true);
}

/** Adds the note that offsets count from the start of the initialisation segment. */
function markJoined(read: Evidence, { init }: SegmentedStream): Evidence {
  const note = message('note.segment.joined', { bytes: init.bytes });
  return Object.fromEntries(
    Object.entries(read).map(([carrier, one]) => [
      carrier,
      one.status === 'found' && carrier !== 'c2pa' && carrier !== 'streams' && !isFromSidecars(one)
        ? { ...one, notes: [...(one.notes ?? []), note] }
        : one,
    ]),
  ) as unknown as Evidence;
}
