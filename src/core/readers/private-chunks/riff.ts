import type { Asset } from '../../asset.js';
import { riffChunks } from '../containers/riff-chunks.js';
import type { PrivateCandidates } from './candidate.js';

/** Chunks of WebP, WAV and AVI that are the format's own, padding, or read by other carriers. */
const KNOWN: Readonly<Record<string, ReadonlySet<string>>> = {
  webp: new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP', 'EXIF', 'XMP ', 'C2PA']),
  wav: new Set(
    (
      'fmt ,data,fact,cue ,plst,smpl,inst,labl,ltxt,note,slnt,ds64,r64m,LIST,INFO,JUNK,junk,FLLR,PAD ,PEAK,levl,' +
      'chna,axml,bext,iXML,id3 ,ID3 ,_PMX,AIGC,C2PA'
    ).split(','),
  ),
  avi: new Set('hdrl,movi,LIST,idx1,JUNK,junk,id3 ,ID3 ,_PMX,AIGC,C2PA'.split(',')),
};

/** Chunks of no registered kind. */
export async function riffPrivate(asset: Asset): Promise<PrivateCandidates> {
  const { items, fault } = await riffChunks(asset);
  const known = KNOWN[asset.mediaType.container];
  return {
    candidates: items
      .filter((chunk) => !known?.has(chunk.id))
      .map(({ id, dataOffset, dataBytes }) => {
        const name = id.replace(/[^ -~]/g, '?');
        return { id: name, place: `chunk ${name.trimEnd()}`, dataOffset, dataBytes };
      }),
    fault,
  };
}
