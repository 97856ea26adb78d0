import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { type AssetPart, UnreadablePartError } from '../../evidence/evidence.js';
import { Asset } from '../../media/asset.js';
import { isText } from '../../media/not-media.js';
import { ENCODINGS, LINE_END_PRESERVING } from '../containers/mail-encodings.js';
import { type MimePart, parseMimeParts } from '../containers/mime-structure.js';
import { bounded } from '../containers/walk.js';
import { type InnerParts, noInnerParts } from './inner.js';
import {
  attachmentName,
  describeAttachment,
  findClosedReason,
  findLinkedParts,
  LEGACY_ATTACHMENTS,
  type LocatedBytes,
  limitPartBytes,
  MEDIA_TYPE,
} from './mail-attachments.js';
import { findMsgParts } from './msg-parts.js';

/**
 * Returns the attachments of a mail and the media in its text: EML (RFC 5322 and MIME), mailboxes, and Outlook's MSG.
 * Correspondence is not stored: neither headers nor texts leave this module, nor does the name of an attached mail,
 * which is its subject.
 */
export async function findMailParts(asset: Asset): Promise<InnerParts> {
  if (asset.bytes > limits.mailBytes)
    return noInnerParts(bounded('bound.bytes', { place: 'MIME', most: limits.mailBytes }));
  if ((await asset.read(0, COMPOUND_FILE.length)).equals(COMPOUND_FILE)) return findMsgParts(asset);
  const mails = await splitMailbox(asset);
  const [only] = mails;
  return mails.length === 1 && only !== undefined ? findEmlParts(asset, only) : findMailboxParts(mails);
}

/** Signature of a compound file ([MS-CFB] §2.2). */
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

interface Run {
  from: number;
  to: number;
}

/** Separator line before each mail of a mailbox, after an empty line (RFC 4155). */
const FROM = 'From ';
const LINE_FEED = 0x0a;

async function splitMailbox(asset: Asset): Promise<Run[]> {
  const whole = [{ from: 0, to: asset.bytes }];
  if ((await asset.read(0, FROM.length)).toString('latin1') !== FROM) return whole;
  const bytes = await asset.read(0, asset.bytes);
  const mails: Run[] = [];
  for (let at = 0; at < bytes.length && mails.length <= limits.parts; ) {
    const head = bytes.indexOf(LINE_FEED, at);
    const from = head < 0 ? bytes.length : head + 1;
    const next = nextFrom(bytes, from);
    mails.push({ from, to: next });
    at = next;
  }
  return mails;
}

function nextFrom(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(`\n${FROM}`, from); at >= 0; at = bytes.indexOf(`\n${FROM}`, at + 1)) {
    const before = bytes.toString('latin1', Math.max(0, at - 2), at);
    if (/\n\r?$/.test(before)) return at + 1;
  }
  return bytes.length;
}

function findMailboxParts(mails: readonly Run[]): InnerParts {
  const parts = mails.map(
    ({ from, to }, index): AssetPart => ({
      kind: 'attachment',
      mediaType: 'message/rfc822',
      offset: from,
      bytes: to - from,
      locator: `mail ${index + 1} of the mailbox`,
    }),
  );
  return { parts };
}

async function findEmlParts(asset: Asset, { from, to }: Run): Promise<InnerParts> {
  const { items, fault: walked } = await parseMimeParts(asset, from, to);
  const inner = noInnerParts(walked);
  for (const item of items) {
    inner.parts.push(...(await partsAt(asset, item)));
    if (inner.parts.length > limits.parts) break;
  }
  return inner;
}

async function partsAt(asset: Asset, item: MimePart): Promise<AssetPart[]> {
  const run = runOf(item);
  const decode = ENCODINGS[item.encoding];
  // Clients attach whole files, encrypted or not, under the type of the control part, so its bytes decide.
  const isControl = CONTROLS.has(item.mediaType) && (await isControlText(asset, item));
  if (item.enclosingTypes.includes('multipart/encrypted'))
    return isControl ? [] : [{ ...run, kind: 'attachment', unreadable: fault('part.encrypted') }];
  if (isControl) return [];
  if (decode === undefined) return [{ ...run, kind: 'attachment', unreadable: fault('part.packing') }];
  if (item.mediaType === 'text/html')
    return [...(await findLinks(asset, item)), ...toNamedTextPart(asset, item, run)];
  if (item.mediaType.startsWith('text/'))
    return [...(await findLegacyAttachments(asset, item, run)), ...toNamedTextPart(asset, item, run)];
  return [await toAttachment(asset, item, run)];
}

/** Types of control parts, which describe sibling parts and have no content of their own. */
const CONTROLS: ReadonlySet<string> = new Set([
  'application/pgp-encrypted',
  'application/pgp-signature',
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
  'message/delivery-status',
  'message/disposition-notification',
  'message/feedback-report',
  'message/global-delivery-status',
  'message/external-body',
]);

/**
 * Returns whether the bytes are those of a control part: a few lines of text, a signature as text, or one in ASN.1 (RFC
 * 5652, `signedData`).
 */
async function isControlText(asset: Asset, item: MimePart): Promise<boolean> {
  const head = await readContent(asset, item, CONTROL_BYTES);
  if (head === undefined) return false;
  const { container } = (await Asset.fromBytes(head)).mediaType;
  if (container !== 'other' || findClosedReason('', item.name, head) !== undefined) return false;
  return head.subarray(0, SIGNED_AT).includes(SIGNED_DATA) || isText(head);
}

const CONTROL_BYTES = 4 * 1024;
const SIGNED_AT = 32;
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');

const placeOf = ({ number, mediaType }: MimePart): string =>
  MEDIA_TYPE.test(mediaType) ? `MIME part ${number} (${mediaType})` : `MIME part ${number}`;

const runOf = (item: MimePart): LocatedBytes => ({
  offset: item.offset,
  bytes: item.bytes,
  locator: placeOf(item),
});

/** A file attached as text may be of any kind, such as a drawing. */
const toNamedTextPart = (asset: Asset, item: MimePart, run: LocatedBytes): AssetPart[] =>
  item.name === undefined ? [] : [{ ...toBody(asset, item, run), kind: 'attachment', isListedIfKnown: true }];

async function toAttachment(asset: Asset, item: MimePart, run: LocatedBytes): Promise<AssetPart> {
  const head = await readContent(asset, item, HEAD_BYTES);
  const closed = findClosedReason(item.mediaType, item.name, head ?? Buffer.alloc(0));
  if (closed !== undefined)
    return { ...run, ...attachmentName(item), kind: 'attachment', unreadable: closed };
  return { ...toBody(asset, item, run), ...describeAttachment(item.mediaType, item.name) };
}

const HEAD_BYTES = 128;

/** Returns the content of a part: a byte span of the file, or a function that decodes it. */
function toBody(
  asset: Asset,
  item: MimePart,
  run: LocatedBytes,
): LocatedBytes & Pick<AssetPart, 'name' | 'unpack'> {
  const isDrawing = item.mediaType === 'image/svg+xml' || /\.svgz?$/i.test(item.name ?? '');
  const asItIs = ENCODINGS[item.encoding] === 'asIs';
  if (asItIs && !(isDrawing && !LINE_END_PRESERVING.has(item.encoding)))
    return { ...run, ...attachmentName(item) };
  const unpack = async (most: number) => {
    const bytes = await readContent(asset, item);
    if (bytes === undefined) throw new UnreadablePartError(fault('part.damaged'));
    if (isDrawing && !LINE_END_PRESERVING.has(item.encoding) && bytes.includes('c2pa'))
      throw new UnreadablePartError(fault('part.lineEnds'));
    return limitPartBytes(bytes, most);
  };
  return { ...run, ...attachmentName(item), unpack };
}

/** Returns the decoded content; `undefined` if it is damaged. Reads at most `most` bytes of the encoded body. */
async function readContent(asset: Asset, item: MimePart, most = item.bytes): Promise<Buffer | undefined> {
  const raw = await asset.read(item.offset, Math.min(item.bytes, most));
  const decode = ENCODINGS[item.encoding];
  return decode === 'asIs' || decode === undefined ? raw : decode(raw);
}

/** Returns attachments that a text contains in obsolete encodings. */
async function findLegacyAttachments(asset: Asset, item: MimePart, run: LocatedBytes): Promise<AssetPart[]> {
  const text = (await readContent(asset, item))?.toString('latin1') ?? '';
  return LEGACY_ATTACHMENTS.filter(({ mark }) => mark.test(text)).map(
    ({ code }): AssetPart => ({ ...run, kind: 'attachment', unreadable: fault(code) }),
  );
}

/** Returns the media in data URLs of a page. */
async function findLinks(asset: Asset, item: MimePart): Promise<AssetPart[]> {
  const page = await readContent(asset, item);
  if (page === undefined) return [{ ...runOf(item), kind: 'attachment', unreadable: fault('part.damaged') }];
  return findLinkedParts(page, runOf(item));
}
