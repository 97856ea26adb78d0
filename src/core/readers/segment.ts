import { said } from '../../say/said.js';
import type { Evidence } from '../evidence/evidence.js';
import { fault, type ReadFault } from '../ground/fault.js';
import { limits } from '../ground/limits.js';
import { Asset } from '../media/asset.js';
import type { Carrier } from '../media/carrier.js';
import { remarked } from './c2pa/second-opinion.js';
import { isInitialisationSegment, isSegment } from './containers/bmff-movie.js';
import type { Stream } from './reader.js';

/**
 * A segment of fragmented BMFF (ISO/IEC 14496-12 §8.16) is a piece of a stream. Tracks, metadata and Content Credentials of all
 * segments stand in the initialisation segment (C2PA 2.2 §9.2.4.2, Annex A.5), so a segment is read joined to that one, as
 * a player reads it, or else it is said what was not there to be read.
 */

/** What a file is read with: nothing, its initialisation segment, or a fault that keeps that one from being read. */
export type With = { stream: Stream } | { fault: ReadFault } | { plain: 'file' | 'segment' | 'unused' };

/** Opens the initialisation segment; whoever asked closes it. Throws the system's error where it cannot be opened. */
export async function readWith(asset: Asset, initPath: string | undefined): Promise<With> {
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

/** What was read, with what a segment's place in its stream makes of it. */
export function ofSegment(read: Evidence, how: With): Evidence {
  if ('stream' in how) return joined(read, how.stream);
  if ('fault' in how) return alone(read, how.fault);
  if (how.plain === 'segment') return alone(read, fault('segment.needsInit'));
  return how.plain === 'unused' ? { ...read, c2pa: remarked(read.c2pa, said('note.segment.unused')) } : read;
}

/** Of a segment alone: whatever is not in it may stand in the initialisation segment. */
function alone(read: Evidence, why: ReadFault): Evidence {
  return Object.fromEntries(
    Object.entries(read).map(([carrier, one]) => [
      carrier,
      // Facts of the streams are those of the tracks, and without them whatever was made of it is a guess.
      one.status === 'absent' || carrier === 'streams'
        ? { status: 'unsupported', ...why }
        : isBeside(one)
          ? { ...one, ...why }
          : one,
    ]),
  ) as unknown as Evidence;
}

/** All of it stands in sidecars, and none of it in the file. */
function isBeside(read: Evidence[Carrier]): boolean {
  const value: unknown = read.status === 'found' && read.code === undefined ? read.value : undefined;
  return Array.isArray(value) && value.length > 0 && value.every((one) => one.sidecar === true);
}

/** What is to be known of places in it: they are counted from the start of the initialisation segment. */
function joined(read: Evidence, { init }: Stream): Evidence {
  const note = said('note.segment.joined', { bytes: init.bytes });
  return Object.fromEntries(
    Object.entries(read).map(([carrier, one]) => [
      carrier,
      one.status === 'found' && carrier !== 'c2pa' && carrier !== 'streams' && !isBeside(one)
        ? { ...one, notes: [...(one.notes ?? []), note] }
        : one,
    ]),
  ) as unknown as Evidence;
}
