import { fault, type ReadFault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { type AssetPart, UnreadablePartError } from '../../evidence/evidence.js';
import { findDataUrls } from './data-links.js';
import { toCalledMedium } from './member-names.js';

/** Shared handling of attachments of all kinds of mail: assumed type, name, and reasons why one cannot be opened. */

export type LocatedBytes = Pick<AssetPart, 'offset' | 'bytes' | 'locator'>;

/** Media type that is safe to use in a locator. */
export const MEDIA_TYPE = /^[a-z0-9][a-z0-9.+-]{0,63}\/[a-z0-9.+-]{1,64}$/;

/** A part declared as a medium counts as one, even if its bytes are of no known kind. */
export function describeAttachment(
  mediaType: string,
  name?: string,
): Pick<AssetPart, 'kind' | 'mediaType' | 'isListedIfKnown' | 'hasMediaName' | 'isCountedIfUnknown'> {
  const told = MEDIA_TYPE.test(mediaType) ? { mediaType } : {};
  if (mediaType.startsWith('image/')) return { kind: 'embedded-picture', ...told };
  if (mediaType.startsWith('video/')) return { kind: 'embedded-video', ...told };
  if (mediaType.startsWith('audio/')) return { kind: 'embedded-sound', ...told };
  return MAILS.has(mediaType)
    ? { kind: 'attachment', ...told }
    : {
        kind: 'attachment',
        ...told,
        isListedIfKnown: true,
        ...toCalledMedium(name),
        isCountedIfUnknown: true,
      };
}

const MAILS: ReadonlySet<string> = new Set([
  'message/rfc822',
  'message/global',
  'application/vnd.ms-outlook',
]);

/** Returns the name without a path. An attached mail is named by its subject, which is not stored. */
export function attachmentName({ name, mediaType }: { name?: string | undefined; mediaType: string }): {
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

/** Returns why an attachment cannot be opened, judging by its type, its name and its first bytes. */
export function findClosedReason(
  mediaType: string,
  name: string | undefined,
  head: Buffer,
): ReadFault | undefined {
  if (head.subarray(0, CMS_BYTES).includes(ENVELOPED) || head.includes(AUTH_ENVELOPED))
    return fault('part.encrypted');
  if (ENCRYPTED.has(mediaType) || /^(message\.rpmsg|.*\.(pgp|gpg))$/is.test(name ?? ''))
    return fault('part.encrypted');
  if (head.toString('latin1').startsWith('-----BEGIN PGP MESSAGE-----')) return fault('part.encrypted');
  const isPacked = PACKED.has(mediaType) || head.subarray(0, TNEF.length).equals(TNEF);
  return isPacked || /^winmail\.dat$/i.test(name ?? '') ? fault('part.packing') : undefined;
}

/** The object identifier follows the tags and lengths of two structures (RFC 5652 §3). */
const CMS_BYTES = 32;
const ENVELOPED = Buffer.from('06092a864886f70d010703', 'hex');
/** Object identifier of authenticated-enveloped data (RFC 5083). */
const AUTH_ENVELOPED = Buffer.from('060b2a864886f70d0109100117', 'hex');
/** Signature of TNEF ([MS-OXTNEF] §2.1.3.1). */
const TNEF = Buffer.from('789f3e22', 'hex');

const ENCRYPTED: ReadonlySet<string> = new Set([
  'application/x-microsoft-rpmsg-message',
  'application/pgp-encrypted',
  'application/pgp',
]);

/** Signed and compressed mails of S/MIME contain a mail in an ASN.1 structure. */
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

/** Obsolete encodings of attachments within texts: uuencode (POSIX), yEnc, and PGP as ASCII armor (RFC 9580 §6). */
export const LEGACY_ATTACHMENTS = [
  { mark: /^begin(?:-base64)? [0-7]{3,4} [^\r\n]{1,255}\r?$/m, code: 'part.packing' },
  { mark: /^=ybegin [^\r\n]{1,255}\r?$/m, code: 'part.packing' },
  { mark: /^-----BEGIN PGP MESSAGE-----\r?$/m, code: 'part.encrypted' },
] as const;

/** Returns the media in data URLs of an HTML page. */
export function findLinkedParts(page: Buffer, { offset, locator: place }: LocatedBytes): AssetPart[] {
  const parts: AssetPart[] = [];
  for (const { mediaType, bytes, content } of findDataUrls(page.toString('latin1').replaceAll('\0', ''))) {
    const unpack = async (most: number) => limitPartBytes(content(), most);
    parts.push({
      ...describeAttachment(mediaType),
      offset,
      bytes,
      locator: `${place}, data link ${parts.length + 1}`,
      unpack,
    });
    if (parts.length > limits.parts) break;
  }
  return parts;
}

/** Returns the bytes. Throws `UnreadablePartError` if there are more than `most`. */
export function limitPartBytes(bytes: Buffer, most: number): Buffer {
  if (bytes.length <= most) return bytes;
  throw new UnreadablePartError(
    most < limits.unpackedPartBytes
      ? fault('bound.unpackedParts', { most: limits.unpackedPartsBytes })
      : fault('bound.unpackedPart', { most }),
  );
}
