import { type AssetPart, PartClosed } from '../../evidence/evidence.js';
import { fault, type ReadFault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import { dataLinks } from './data-links.js';
import { calledMedium } from './member-names.js';

/** What mails of every kind attach: what it is taken for, what it may be called, and what cannot be opened. */

export type Placed = Pick<AssetPart, 'offset' | 'bytes' | 'place'>;

/** A media type as it may stand in a place. */
export const TYPE = /^[a-z0-9][a-z0-9.+-]{0,63}\/[a-z0-9.+-]{1,64}$/;

/** What is announced as a medium is one, even where its bytes are of no kind that is known. */
export function attachedAs(
  mediaType: string,
  name?: string,
): Pick<AssetPart, 'kind' | 'mediaType' | 'ifKnown' | 'called' | 'counted'> {
  const told = TYPE.test(mediaType) ? { mediaType } : {};
  if (mediaType.startsWith('image/')) return { kind: 'embedded-picture', ...told };
  if (mediaType.startsWith('video/')) return { kind: 'embedded-video', ...told };
  if (mediaType.startsWith('audio/')) return { kind: 'embedded-sound', ...told };
  return MAILS.has(mediaType)
    ? { kind: 'attachment', ...told }
    : { kind: 'attachment', ...told, ifKnown: true, ...calledMedium(name), counted: true };
}

const MAILS: ReadonlySet<string> = new Set([
  'message/rfc822',
  'message/global',
  'application/vnd.ms-outlook',
]);

/** Without a path. A mail that is attached is called by its subject, which is not kept. */
export function nameOf({ name, mediaType }: { name?: string | undefined; mediaType: string }): {
  name?: string;
} {
  const own = name
    ?.replace(/^.*[\\/]/s, '')
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, '')
    .trim();
  return own === undefined || own === '' || MAILS.has(mediaType) || /\.(eml|msg)$/i.test(own)
    ? {}
    : { name: own };
}

/** Why what is attached cannot be opened: by its type, its name, and its first bytes. */
export function closedBy(mediaType: string, name: string | undefined, head: Buffer): ReadFault | undefined {
  if (head.subarray(0, CMS_BYTES).includes(ENVELOPED) || head.includes(AUTH_ENVELOPED))
    return fault('part.encrypted');
  if (ENCRYPTED.has(mediaType) || /^(message\.rpmsg|.*\.(pgp|gpg))$/is.test(name ?? ''))
    return fault('part.encrypted');
  if (head.toString('latin1').startsWith('-----BEGIN PGP MESSAGE-----')) return fault('part.encrypted');
  const isPacked = PACKED.has(mediaType) || head.subarray(0, TNEF.length).equals(TNEF);
  return isPacked || /^winmail\.dat$/i.test(name ?? '') ? fault('part.packing') : undefined;
}

/** RFC 5652 §3: the object identifier stands behind the tags and lengths of two structures. */
const CMS_BYTES = 32;
const ENVELOPED = Buffer.from('06092a864886f70d010703', 'hex');
/** RFC 5083. */
const AUTH_ENVELOPED = Buffer.from('060b2a864886f70d0109100117', 'hex');
/** [MS-OXTNEF] §2.1.3.1. */
const TNEF = Buffer.from('789f3e22', 'hex');

const ENCRYPTED: ReadonlySet<string> = new Set([
  'application/x-microsoft-rpmsg-message',
  'application/pgp-encrypted',
  'application/pgp',
]);

/** Signed and compressed mails of S/MIME hold a mail in a structure of ASN.1. */
const PACKED: ReadonlySet<string> = new Set([
  'application/pkcs7-mime',
  'application/x-pkcs7-mime',
  'application/ms-tnef',
  'application/vnd.ms-tnef',
  'application/mac-binhex40',
  'application/mac-binhex',
  'application/x-stuffit',
  'message/partial',
]);

/** What texts hold in old ways of attaching: uuencode (POSIX), yEnc, and PGP in lines of text (RFC 9580 §6). */
export const TEXTS_WITHIN = [
  { mark: /^begin(?:-base64)? [0-7]{3,4} [^\r\n]{1,255}\r?$/m, code: 'part.packing' },
  { mark: /^=ybegin [^\r\n]{1,255}\r?$/m, code: 'part.packing' },
  { mark: /^-----BEGIN PGP MESSAGE-----\r?$/m, code: 'part.encrypted' },
] as const;

/** Media that stand in the links of a page in HTML. */
export function linkedParts(page: Buffer, { offset, place }: Placed): AssetPart[] {
  const parts: AssetPart[] = [];
  for (const { mediaType, bytes, content } of dataLinks(page.toString('latin1').replaceAll('\0', ''))) {
    const unpack = async (most: number) => within(content(), most);
    parts.push({
      ...attachedAs(mediaType),
      offset,
      bytes,
      place: `${place}, data link ${parts.length + 1}`,
      unpack,
    });
    if (parts.length > limits.parts) break;
  }
  return parts;
}

/** Throws a PartClosed where there are more bytes than `most`. */
export function within(bytes: Buffer, most: number): Buffer {
  if (bytes.length <= most) return bytes;
  throw new PartClosed(
    most < limits.unpackedPartBytes
      ? fault('bound.unpackedParts', { most: limits.unpackedPartsBytes })
      : fault('bound.unpackedPart', { most }),
  );
}
