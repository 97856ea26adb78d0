import { lookupTable } from '../../../base/table.js';
import type { Asset } from '../../media/asset.js';
import { type RiffChunk, readAiffChunks, readRiffChunks } from '../containers/riff-chunks.js';
import type { PrivateCandidate, PrivateCandidates } from './candidate.js';

/** Chunks of WebP, WAV and AVI that belong to the format, are padding, or are read by other carriers. */
const KNOWN: Readonly<Record<string, ReadonlySet<string>>> = lookupTable({
  webp: new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP', 'EXIF', 'XMP ', 'C2PA']),
  wav: new Set(
    (
      'fmt ,data,fact,cue ,plst,smpl,inst,labl,ltxt,note,slnt,ds64,r64m,LIST,INFO,JUNK,junk,FLLR,PAD ,PEAK,levl,' +
      'chna,axml,bext,iXML,id3 ,ID3 ,_PMX,AIGC,C2PA'
    ).split(','),
  ),
  avi: new Set('hdrl,movi,LIST,idx1,JUNK,junk,id3 ,ID3 ,_PMX,AIGC,C2PA'.split(',')),
});

/** Returns the chunks of unregistered types. */
export async function findRiffPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await readRiffChunks(asset);
  const known = KNOWN[asset.mediaType.container];
  return { candidates: items.filter((chunk) => !known?.has(chunk.id)).map(candidateOf), fault };
}

/**
 * Chunks of AIFF 1.3 and AIFF-C and those that other carriers read. `APPL` begins with its owner, which becomes part of
 * the id.
 */
const AIFF_KNOWN = new Set(
  'FVER,COMM,SSND,MARK,INST,COMT,MIDI,AESD,SAXL,NAME,AUTH,(c) ,ANNO,AIGC,ID3 ,id3 ,CHAN,basc,trns,cate'.split(
    ',',
  ),
);
const APPLICATION = 'APPL';
const APPLICATION_BYTES = 4;

/** Returns the chunks of unregistered types and application chunks other than XMP. */
export async function findAiffPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await readAiffChunks(asset);
  const candidates: PrivateCandidate[] = [];
  for (const chunk of items.filter(({ id }) => !AIFF_KNOWN.has(id))) {
    const owner =
      chunk.id === APPLICATION
        ? (await asset.read(chunk.dataOffset, APPLICATION_BYTES)).toString('latin1')
        : '';
    if (owner === 'XMP ') continue;
    const candidate = candidateOf(chunk);
    const name = owner.replace(/[^ -~]/g, '?').trimEnd();
    candidates.push(name === '' ? candidate : { ...candidate, id: `${candidate.id} ${name}` });
  }
  return { candidates, fault };
}

function candidateOf({ id, dataOffset, dataBytes }: RiffChunk): PrivateCandidate {
  const name = id.replace(/[^ -~]/g, '?');
  return { id: name, locator: `chunk ${name.trimEnd()}`, dataOffset, dataBytes };
}
