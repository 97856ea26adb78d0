import { type AssetPart, PartClosed } from '../../evidence/evidence.js';
import { fault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { compoundFile, type Storage, type Stream } from '../containers/compound-file.js';
import { unpackedRtf } from '../containers/compressed-rtf.js';
import { type Inner, nothingInside } from './inner.js';
import { attachedAs, closedBy, linkedParts, nameOf, TEXTS_WITHIN, TYPE, within } from './mail-attachments.js';

/**
 * Attachments of Outlook's MSG ([MS-OXMSG]): each stands in a storage of its own, a mail that is forwarded in one within that.
 * Its attachments are told with those of the file.
 */
export async function partsOfMsg(asset: Asset): Promise<Inner> {
  const { root, fault: walked } = await compoundFile(asset);
  const inner = nothingInside(walked);
  await take(root, '', inner.parts);
  return inner;
}

/** [MS-OXMSG] §2.1 and 2.2: names of streams and storages; [MS-OXPROPS]: the properties they hold. */
const ATTACHMENT = '__attach_version1.0_';
const PROPERTIES = '__properties_version1.0';
const PROPERTY = {
  text: '1000',
  page: '1013',
  richText: '1009',
  data: '3701',
  name: '3707',
  shortName: '3704',
  mediaType: '370E',
} as const;
type Property = (typeof PROPERTY)[keyof typeof PROPERTY];
const KIND = { bytes: '0102', unicode: '001F', ansi: '001E', storage: '000D' } as const;

async function take(mail: Storage, before: string, parts: AssetPart[]): Promise<void> {
  parts.push(...(await inText(mail, before)));
  const attached = mail.storages.filter(({ name }) => name.startsWith(ATTACHMENT));
  for (const [index, one] of attached.entries()) {
    if (parts.length > limits.parts) return;
    const place = `${before}attachment ${index + 1}`;
    const object = one.storages.find(({ name }) => isProperty(name, PROPERTY.data, KIND.storage));
    if (object?.streams.some(({ name }) => name === PROPERTIES)) await take(object, `${place}, `, parts);
    // An object of another program, in a form of its own.
    else if (object)
      parts.push({ kind: 'attachment', offset: 0, bytes: 0, place, closed: fault('part.packing') });
    else parts.push(...(await fileIn(one, place)));
  }
}

const isProperty = (name: string, property: Property, kind: string): boolean =>
  name.toUpperCase() === `__SUBSTG1.0_${property}${kind}`;

const streamOf = ({ streams }: Storage, property: Property, kind: string): Stream | undefined =>
  streams.find(({ name }) => isProperty(name, property, kind));

async function textOf(storage: Storage, property: Property): Promise<string | undefined> {
  const wide = await streamOf(storage, property, KIND.unicode)?.read(NAME_BYTES);
  if (wide) return wide.toString('utf16le');
  return (await streamOf(storage, property, KIND.ansi)?.read(NAME_BYTES))?.toString('latin1');
}

const NAME_BYTES = 2048;
const HEAD_BYTES = 64;

/** One by reference holds nothing here. */
async function fileIn(storage: Storage, place: string): Promise<AssetPart[]> {
  const data = streamOf(storage, PROPERTY.data, KIND.bytes);
  if (data === undefined) return [];
  const mediaType = ((await textOf(storage, PROPERTY.mediaType)) ?? '').toLowerCase();
  const name = (await textOf(storage, PROPERTY.name)) ?? (await textOf(storage, PROPERTY.shortName));
  const told = {
    offset: data.offset,
    bytes: data.bytes,
    place: TYPE.test(mediaType) ? `${place} (${mediaType})` : place,
    ...nameOf({ name, mediaType }),
  };
  const closed = closedBy(mediaType, name, (await data.read(HEAD_BYTES)) ?? Buffer.alloc(0));
  if (closed) return [{ ...told, kind: 'attachment', closed }];
  const unpack = async (most: number) => {
    const bytes = await data.read(most + 1);
    if (bytes === undefined) throw new PartClosed(fault('part.damaged'));
    return within(bytes, most);
  };
  // Signed so that every program can read it, the whole mail is one attachment, without its headers.
  const { ifKnown, called, counted, ...rest } = attachedAs(mediaType, name);
  const asKnown = { ifKnown, ...(called ? { called } : {}), ...(counted ? { counted } : {}) };
  return [
    {
      ...told,
      ...rest,
      ...(ifKnown && !mediaType.startsWith('multipart/') ? { ...asKnown, ifKnown } : {}),
      unpack,
    },
  ];
}

async function inText(mail: Storage, before: string): Promise<AssetPart[]> {
  const place = { offset: 0, bytes: 0, place: `${before}text` };
  const first = (property: Property, ...kinds: string[]): Stream | undefined =>
    kinds.map((kind) => streamOf(mail, property, kind)).find((one) => one !== undefined);
  const wide = streamOf(mail, PROPERTY.text, KIND.unicode);
  const streams = {
    text: wide ?? streamOf(mail, PROPERTY.text, KIND.ansi),
    page: first(PROPERTY.page, KIND.bytes, KIND.ansi, KIND.unicode),
    rich: streamOf(mail, PROPERTY.richText, KIND.bytes),
  };
  const [text, page, rich] = [
    await streams.text?.read(),
    await streams.page?.read(),
    await streams.rich?.read(),
  ];
  const drawn = rich && unpackedRtf(rich, limits.mailBytes);
  // A text of another length, or with another sum, than it says may lack a picture.
  const isWhole = drawn?.isWhole === true;
  const words = text?.toString(wide ? 'utf16le' : 'latin1') ?? '';
  const old = TEXTS_WITHIN.filter(({ mark }) => mark.test(words)).map(
    ({ code }): AssetPart => ({ ...place, kind: 'attachment', closed: fault(code) }),
  );
  // What cannot be read of a text may have held something.
  if ((streams.text && !text) || (streams.page && !page) || (streams.rich && !isWhole))
    old.push({ ...place, kind: 'attachment', closed: fault('part.damaged') });
  if (drawn && PICTURE_IN_RTF.test(drawn.bytes.toString('latin1')))
    old.push({ ...place, kind: 'attachment', closed: fault('part.packing') });
  return page === undefined ? old : [...old, ...linkedParts(page, place)];
}

/** RTF 1.9.1: a picture, or an object of another program, in its text in hexadecimal. */
const PICTURE_IN_RTF = /\\(?:pict|objdata)(?![a-z])/;
