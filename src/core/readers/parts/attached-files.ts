import type { AssetPart } from '../../evidence/evidence.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { type EbmlElement, EbmlWalk } from '../containers/ebml-elements.js';
import { MATROSKA, matroskaSegment } from '../containers/ebml-segment.js';
import type { Inner } from './inner.js';
import { partName } from './part-name.js';
import { pictureType } from './picture-type.js';

/** RFC 9559 §5.1.6. */
const FILE = { attached: 0x61a7, data: 0x465c, name: 0x466e } as const;
const HEAD_BYTES = 16;
/** Fonts for subtitles, by their first bytes and how many tables follow: no statement can stand in them. */
const FONT = /^(?:(?:\0\x01\0\0|OTTO|true)\0[^\0]|ttcf\0[\x01\x02]\0\0|wOF[F2](?:\0\x01\0\0|OTTO|true))/;

/** Files attached to a Matroska recording, or a WebM one: covers, fonts, whatever else. */
export async function filesInMatroska(asset: Asset): Promise<Inner> {
  const { parts: elements } = await matroskaSegment(asset);
  const walk = new EbmlWalk(asset);
  const parts: AssetPart[] = [];
  for (const element of elements.filter(({ id }) => id === MATROSKA.attachments))
    for (const file of (await walk.children(element)).filter(({ id }) => id === FILE.attached)) {
      const fields = await walk.children(file);
      const name = await nameOf(walk, fields);
      for (const { dataOffset, dataBytes } of fields.filter(({ id }) => id === FILE.data)) {
        const head = await asset.read(dataOffset, Math.min(dataBytes, HEAD_BYTES));
        const mediaType = pictureType(head);
        parts.push({
          kind: mediaType === undefined ? 'attachment' : 'cover-picture',
          ...(mediaType === undefined ? {} : { mediaType }),
          ...partName(name),
          offset: dataOffset,
          bytes: dataBytes,
          place: 'attachment',
          ...(FONT.test(head.toString('latin1')) ? { plain: true as const } : {}),
        });
        if (parts.length > limits.parts) return { parts };
      }
    }
  // An attachment that does not fit where it stands hides those behind it.
  return { parts, fault: walk.fault };
}

async function nameOf(walk: EbmlWalk, fields: readonly EbmlElement[]): Promise<string> {
  const field = fields.find(({ id }) => id === FILE.name);
  return field ? (await walk.data(field, limits.partNameCharacters)).toString('utf8') : '';
}
