import type { ContainerTag } from '../evidence.js';
import { cut } from '../json-shape.js';
import { limits } from '../limits.js';
import type { Reader } from '../reader.js';
import { conclude, type WalkFault } from './conclude.js';
import { bounded, malformed } from './containers/walk.js';

const HEADER_BYTES = 9;
const SCRIPT_DATA = 18;
const AMF = { number: 0, boolean: 1, string: 2, ecmaArray: 8 } as const;

/** The text entries of FLV's `onMetaData` script tag (Adobe FLV specification E.4.4, AMF0). No library here reads FLV. */
export const flvMetaReader: Reader<'flvMeta'> = {
  carrier: 'flvMeta',
  containers: ['flv'],

  async read(asset) {
    // PreviousTagSize0 stands between the header and the first tag; metadata is the first tag or not there.
    const head = await asset.read(HEADER_BYTES + 4, 11);
    if (head.length < 11)
      return conclude<ContainerTag[]>(
        [],
        true,
        malformed('flv.truncated', 'The FLV ends before its first tag.'),
      );
    if ((head[0] ?? 0) !== SCRIPT_DATA) return { status: 'absent' };
    const bytes = head.readUIntBE(1, 3);
    if (bytes > limits.carrierTextCharacters)
      return conclude<ContainerTag[]>(
        [],
        true,
        bounded('bound.flvMeta', 'The script tag is larger than the bound.'),
      );
    const body = await asset.read(HEADER_BYTES + 4 + 11, bytes);
    const { tags, fault } = onMetaData(body);
    return conclude(tags, tags.length === 0, fault);
  },
};

function onMetaData(body: Buffer): { tags: ContainerTag[]; fault?: WalkFault } {
  const tags: ContainerTag[] = [];
  const broken = malformed('flv.amf', 'The onMetaData array breaks off.');
  const name = body[0] === AMF.string ? amfString(body, 1) : undefined;
  if (name?.text !== 'onMetaData' || body[name.end] !== AMF.ecmaArray) return { tags };
  let at = name.end + 5;
  while (tags.length < limits.tagsPerCarrier) {
    const key = amfString(body, at);
    if (!key) return { tags, fault: broken };
    // An empty key and type 9 end the array.
    if (key.text === '' && body[key.end] === 9) return { tags };
    const type = body[key.end];
    const value = key.end + 1;
    if (type === AMF.number) at = value + 8;
    else if (type === AMF.boolean) at = value + 1;
    else if (type === AMF.string) {
      const text = amfString(body, value);
      if (!text) return { tags, fault: broken };
      tags.push({
        system: 'FLV onMetaData',
        key: key.text,
        value: cut(text.text, limits.textValueCharacters),
      });
      at = text.end;
      // Objects such as `keyframes` come last where writers put them at all; entries past one are not read.
    } else
      return {
        tags,
        fault: malformed(
          'flv.amfType',
          `An onMetaData entry of AMF type ${type ?? 'none'} was not read past.`,
        ),
      };
  }
  return {
    tags,
    fault: bounded('bound.tags', `More than ${limits.tagsPerCarrier} tags; later ones were not read.`),
  };
}

/** 16-bit length, then UTF-8. */
function amfString(body: Buffer, at: number): { text: string; end: number } | undefined {
  if (at + 2 > body.length) return undefined;
  const end = at + 2 + body.readUInt16BE(at);
  return end > body.length ? undefined : { text: body.toString('utf8', at + 2, end), end };
}
