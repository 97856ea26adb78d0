import { limits } from '../../../base/limits.js';
import type { AssetPart } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { type EbmlElement, EbmlWalk } from '../containers/ebml-elements.js';
import { MATROSKA, readMatroskaSegment } from '../containers/ebml-segment.js';
import type { InnerParts } from './inner.js';
import { toPartName } from './part-name.js';
import { detectPictureType } from './picture-type.js';

/** Element identifiers of attachments (RFC 9559 §5.1.6). */
const FILE = { attached: 0x61a7, data: 0x465c, name: 0x466e } as const;
const HEAD_BYTES = 16;
/** Fonts for subtitles, recognized by their first bytes and table count. They cannot hold metadata of interest. */
const FONT = /^(?:(?:\0\x01\0\0|OTTO|true)\0[^\0]|ttcf\0[\x01\x02]\0\0|wOF[F2](?:\0\x01\0\0|OTTO|true))/;

/** Returns the files attached to a Matroska or WebM recording: covers, fonts and others. */
export async function findMatroskaFiles(asset: Asset): Promise<InnerParts> {
  const { parts: elements } = await readMatroskaSegment(asset);
  const walk = new EbmlWalk(asset);
  const parts: AssetPart[] = [];
  for (const element of elements.filter(({ id }) => id === MATROSKA.attachments))
    for (const file of (await walk.children(element)).filter(({ id }) => id === FILE.attached)) {
      const fields = await walk.children(file);
      const name = await nameOf(walk, fields);
      for (const { dataOffset, dataBytes } of fields.filter(({ id }) => id === FILE.data)) {
        const head = await asset.read(dataOffset, Math.min(dataBytes, HEAD_BYTES));
        const mediaType = detectPictureType(head);
        parts.push({
          kind: mediaType === undefined ? 'attachment' : 'cover-picture',
          ...(mediaType === undefined ? {} : { mediaType }),
          ...toPartName(name),
          offset: dataOffset,
          bytes: dataBytes,
          locator: 'attachment',
          ...(FONT.test(head.toString('latin1')) ? { isIgnored: true as const } : {}),
        });
        if (parts.length > limits.parts) return { parts };
      }
    }
  // An attachment with an invalid length hides those after it.
  return { parts, fault: walk.fault };
}

async function nameOf(walk: EbmlWalk, fields: readonly EbmlElement[]): Promise<string> {
  const field = fields.find(({ id }) => id === FILE.name);
  return field ? (await walk.data(field, limits.partNameCharacters)).toString('utf8') : '';
}
