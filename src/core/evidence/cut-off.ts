import { fault } from '../ground/fault.js';
import type { Carrier, ReadStatus } from '../media/carrier.js';
import type { Container } from '../media/media-kinds.js';
import type { Evidence } from './evidence.js';

/**
 * Whether the file ends before its own structure does, from how its readers ended. A walk that meets the end of the file
 * says so by its code; how much is missing is known only where a length that the file states goes past what is there.
 */
export interface CutOff {
  /** More is missing than is there. */
  most: boolean;
  /** Those whose reading ended there. */
  carriers: readonly Carrier[];
}

/** The first directory of a TIFF is most often written last. A wrong offset of a later one is a slip of some programs. */
const PAST_THE_END = 'tiff.firstIfd';

/** A place that holds labels must say it: what stands behind the end of a picture, or a small picture, may end anyhow. */
const ENDS: readonly { carrier: Carrier; ends: ReadonlySet<string> }[] = (
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
    ...(carrier === 'xmp' ? [PAST_THE_END] : []),
  ]),
}));

type Endings = Readonly<Record<Carrier, { status: ReadStatus; code?: string }>>;

export function cutOffIn(reads: Endings): { cutOff?: CutOff } {
  const codes = new Set<string>();
  for (const { carrier, ends } of ENDS) {
    const code = reads[carrier]?.code;
    if (code !== undefined && ends.has(code)) codes.add(code);
  }
  if (codes.size === 0) return {};
  // Content Credentials are read by an engine, which has no code for it: what it finds damaged, the cut has damaged.
  const carriers = (Object.keys(reads) as Carrier[]).filter((carrier) => {
    const { status, code = '' } = reads[carrier];
    return codes.has(code) || ENDS_EARLY.test(code) || (carrier === 'c2pa' && status === 'malformed');
  });
  return { cutOff: { most: [...codes].some((code) => code.endsWith('.mostMissing')), carriers } };
}

/** Whether nobody will see its pixels: not even its size could be read, or the file ends before its picture does. */
export const hasNoPixels = (reads: Endings): boolean =>
  reads.streams?.code === 'picture.unreadable' || cutOffIn(reads).cutOff !== undefined;

/** Here a manifest store stands before the content, so that what is missing held none. */
const STORE_FIRST: ReadonlySet<Container> = new Set(['jpeg', 'mp3', 'flac', 'aac']);

/**
 * A manifest store may stand behind the content, so an engine that found none in what is left of a file has not looked
 * where one may have stood.
 */
export function withMissingEnd(evidence: Evidence, container: Container): Evidence {
  if (evidence.c2pa.status !== 'absent' || STORE_FIRST.has(container)) return evidence;
  if (cutOffIn(evidence).cutOff === undefined) return evidence;
  return { ...evidence, c2pa: { status: 'malformed', ...fault('file.cutOff') } };
}

const ENDS_EARLY = /\.(truncated|firstIfd|ifdOffset)$/;
