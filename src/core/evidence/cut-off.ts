import { fault } from '../../base/fault.js';
import type { Carrier, ReadStatus } from '../media/carrier.js';
import type { Container } from '../media/media-kinds.js';
import type { Evidence } from './evidence.js';

/**
 * Whether the file ends before its own structure does, derived from how its readers ended. A walk that reaches the end
 * of the file early reports a code; how much is missing is known only if a length stated in the file exceeds the bytes
 * left.
 */
export interface Truncation {
  /** More bytes are missing than present. */
  isMostMissing: boolean;
  /** Carriers whose reading ended there. */
  carriers: readonly Carrier[];
}

/**
 * The first directory of a TIFF is usually written last, so an offset past the end means a cut. Wrong offsets of later
 * directories are common writer errors.
 */
const TIFF_PAST_END = 'tiff.firstIfd';

/**
 * Codes that show a cut, by carriers that hold labels. Data behind the end of a picture, or a thumbnail, may be
 * incomplete for other reasons.
 */
const TRUNCATION_CODES: readonly { carrier: Carrier; ends: ReadonlySet<string> }[] = (
  [
    ['xmp', ['jpeg', 'png', 'gif', 'riff', 'bmff', 'ebml', 'svg', 'tiff']],
    ['exif', ['jpeg', 'png', 'riff', 'bmff']],
    ['bmffMeta', ['bmff']],
    ['matroskaTags', ['ebml']],
    ['riffInfo', ['riff']],
    ['broadcastWave', ['riff']],
    ['flvMeta', ['flv']],
    ['mxfMetadata', ['mxf']],
    ['asfMeta', ['asf']],
    ['sei', ['ts', 'ps']],
    ['vorbisComment', ['flac', 'ogg']],
  ] satisfies [Carrier, string[]][]
).map(([carrier, walks]) => ({
  carrier,
  ends: new Set([
    ...walks.flatMap((walk) => [`${walk}.truncated`, `${walk}.mostMissing`]),
    ...(carrier === 'xmp' ? [TIFF_PAST_END] : []),
  ]),
}));

type ReadOutcomes = Readonly<Record<Carrier, { status: ReadStatus; code?: string }>>;

export function findTruncation(reads: ReadOutcomes): { cutOff?: Truncation } {
  const codes = new Set<string>();
  for (const { carrier, ends } of TRUNCATION_CODES) {
    const code = reads[carrier]?.code;
    if (code !== undefined && ends.has(code)) codes.add(code);
  }
  if (codes.size === 0) return {};
  // The C2PA engines have no code for a cut, so damaged Content Credentials in a cut file are attributed to the cut.
  const carriers = (Object.keys(reads) as Carrier[]).filter((carrier) => {
    const { status, code = '' } = reads[carrier];
    return codes.has(code) || ENDS_EARLY_CODE.test(code) || (carrier === 'c2pa' && status === 'malformed');
  });
  return { cutOff: { isMostMissing: [...codes].some((code) => code.endsWith('.mostMissing')), carriers } };
}

/** Returns whether no pixels can be shown: the size could not be read, or the file ends before its picture does. */
export const hasNoPixels = (reads: ReadOutcomes): boolean =>
  reads.streams?.code === 'picture.unreadable' || findTruncation(reads).cutOff !== undefined;

/** Containers with the manifest store before the content, so the missing end cannot have held one. */
const STORE_FIRST_CONTAINERS: ReadonlySet<Container> = new Set(['jpeg', 'mp3', 'flac', 'aac']);

/**
 * Marks C2PA as malformed if the file was cut off: a manifest store may stand behind the content, so an engine that
 * found none has not seen the place where one may have been.
 */
export function markMissingEnd(evidence: Evidence, container: Container): Evidence {
  if (evidence.c2pa.status !== 'absent' || STORE_FIRST_CONTAINERS.has(container)) return evidence;
  if (findTruncation(evidence).cutOff === undefined) return evidence;
  return { ...evidence, c2pa: { status: 'malformed', ...fault('file.cutOff') } };
}

const ENDS_EARLY_CODE = /\.(truncated|firstIfd|ifdOffset)$/;
