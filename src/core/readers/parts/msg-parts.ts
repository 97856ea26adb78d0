import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { type AssetPart, UnreadablePartError } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { type CompoundStorage, type CompoundStream, readCompoundFile } from '../containers/compound-file.js';
import { unpackRtf } from '../containers/compressed-rtf.js';
import { type InnerParts, noInnerParts } from './inner.js';
import {
  attachmentName,
  describeAttachment,
  findClosedReason,
  findLinkedParts,
  LEGACY_ATTACHMENTS,
  limitPartBytes,
  MEDIA_TYPE,
} from './mail-attachments.js';

/**
 * Returns the attachments of Outlook's MSG ([MS-OXMSG]). Each is in a storage of its own; a forwarded mail is in a
 * storage within that, and its attachments are listed with those of the file.
 */
export async function findMsgParts(asset: Asset): Promise<InnerParts> {
  const { root, fault: walked } = await readCompoundFile(asset);
  const inner = noInnerParts(walked);
  await collectParts(root, '', inner.parts);
  return inner;
}

/** Names of streams and storages ([MS-OXMSG] §2.1 and 2.2) and the properties in them ([MS-OXPROPS]). */
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

async function collectParts(mail: CompoundStorage, before: string, parts: AssetPart[]): Promise<void> {
  parts.push(...(await findTextParts(mail, before)));
  const attached = mail.storages.filter(({ name }) => name.startsWith(ATTACHMENT));
  for (const [index, one] of attached.entries()) {
    if (parts.length > limits.parts) return;
    const place = `${before}attachment ${index + 1}`;
    const object = one.storages.find(({ name }) => isProperty(name, PROPERTY.data, KIND.storage));
    if (object?.streams.some(({ name }) => name === PROPERTIES))
      await collectParts(object, `${place}, `, parts);
    // Object of another program in a proprietary format.
    else if (object)
      parts.push({
        kind: 'attachment',
        offset: 0,
        bytes: 0,
        locator: place,
        unreadable: fault('part.packing'),
      });
    else parts.push(...(await findAttachedFile(one, place)));
  }
}

const isProperty = (name: string, property: Property, kind: string): boolean =>
  name.toUpperCase() === `__SUBSTG1.0_${property}${kind}`;

const streamOf = (
  { streams }: CompoundStorage,
  property: Property,
  kind: string,
): CompoundStream | undefined => streams.find(({ name }) => isProperty(name, property, kind));

async function textOf(storage: CompoundStorage, property: Property): Promise<string | undefined> {
  const wide = await streamOf(storage, property, KIND.unicode)?.read(NAME_BYTES);
  if (wide) return wide.toString('utf16le');
  return (await streamOf(storage, property, KIND.ansi)?.read(NAME_BYTES))?.toString('latin1');
}

const NAME_BYTES = 2048;
const HEAD_BYTES = 64;

/** An attachment by reference has no data here. */
async function findAttachedFile(storage: CompoundStorage, place: string): Promise<AssetPart[]> {
  const data = streamOf(storage, PROPERTY.data, KIND.bytes);
  if (data === undefined) return [];
  const mediaType = ((await textOf(storage, PROPERTY.mediaType)) ?? '').toLowerCase();
  const name = (await textOf(storage, PROPERTY.name)) ?? (await textOf(storage, PROPERTY.shortName));
  const told = {
    offset: data.offset,
    bytes: data.bytes,
    locator: MEDIA_TYPE.test(mediaType) ? `${place} (${mediaType})` : place,
    ...attachmentName({ name, mediaType }),
  };
  const closed = findClosedReason(mediaType, name, (await data.read(HEAD_BYTES)) ?? Buffer.alloc(0));
  if (closed) return [{ ...told, kind: 'attachment', unreadable: closed }];
  const unpack = async (most: number) => {
    const bytes = await data.read(most + 1);
    if (bytes === undefined) throw new UnreadablePartError(fault('part.damaged'));
    return limitPartBytes(bytes, most);
  };
  // A clear-signed mail is one attachment without its headers.
  const {
    isListedIfKnown: ifKnown,
    hasMediaName: called,
    isCountedIfUnknown: counted,
    ...rest
  } = describeAttachment(mediaType, name);
  const asKnown = {
    ...(called ? { hasMediaName: called } : {}),
    ...(counted ? { isCountedIfUnknown: counted } : {}),
  };
  return [
    {
      ...told,
      ...rest,
      ...(ifKnown && !mediaType.startsWith('multipart/') ? { ...asKnown, isListedIfKnown: ifKnown } : {}),
      unpack,
    },
  ];
}

async function findTextParts(mail: CompoundStorage, before: string): Promise<AssetPart[]> {
  const place = { offset: 0, bytes: 0, locator: `${before}text` };
  const first = (property: Property, ...kinds: string[]): CompoundStream | undefined =>
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
  const drawn = rich && unpackRtf(rich, limits.mailBytes);
  // A text whose length or checksum differs from the stated one may lack a picture.
  const isWhole = drawn?.isWhole === true;
  const words = text?.toString(wide ? 'utf16le' : 'latin1') ?? '';
  const old = LEGACY_ATTACHMENTS.filter(({ mark }) => mark.test(words)).map(
    ({ code }): AssetPart => ({ ...place, kind: 'attachment', unreadable: fault(code) }),
  );
  // The unreadable rest of a text may have contained attachments.
  if ((streams.text && !text) || (streams.page && !page) || (streams.rich && !isWhole))
    old.push({ ...place, kind: 'attachment', unreadable: fault('part.damaged') });
  if (drawn && PICTURE_IN_RTF.test(drawn.bytes.toString('latin1')))
    old.push({ ...place, kind: 'attachment', unreadable: fault('part.packing') });
  return page === undefined ? old : [...old, ...findLinkedParts(page, place)];
}

/** Picture, or object of another program, in hexadecimal within an RTF text (RTF 1.9.1). */
const PICTURE_IN_RTF = /\\(?:pict|objdata)(?![a-z])/;
