import { type AssetPart, PartClosed } from '../../evidence/evidence.js';
import { fault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import { Asset } from '../../media/asset.js';
import { isText } from '../../media/no-medium.js';
import { ENCODINGS, KEEPS_LINE_ENDS } from '../containers/mail-encodings.js';
import { type MimePart, mimeParts } from '../containers/mime-structure.js';
import { bounded } from '../containers/walk.js';
import { type Inner, nothingInside } from './inner.js';
import {
  attachedAs,
  closedBy,
  linkedParts,
  nameOf,
  type Placed,
  TEXTS_WITHIN,
  TYPE,
  within,
} from './mail-attachments.js';
import { partsOfMsg } from './msg-parts.js';

/**
 * What is attached to a mail or stands in its text: EML (RFC 5322 and MIME), mailboxes of several, and Outlook's MSG. Who
 * wrote to whom and what is not kept: nothing of headers and texts leaves here, nor the name of a mail that is attached, which
 * is its subject.
 */
export async function partsOfMail(asset: Asset): Promise<Inner> {
  if (asset.bytes > limits.mailBytes) return nothingInside(bounded('bound.mail', { most: limits.mailBytes }));
  if ((await asset.read(0, COMPOUND_FILE.length)).equals(COMPOUND_FILE)) return partsOfMsg(asset);
  const mails = await mailsIn(asset);
  const [only] = mails;
  return mails.length === 1 && only !== undefined ? partsOfEml(asset, only) : partsOfMailbox(mails);
}

/** [MS-CFB] §2.2. */
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

interface Run {
  from: number;
  to: number;
}

/** RFC 4155: before each mail of a mailbox stands a line of its own, and before that an empty one. */
const FROM = 'From ';
const LINE_FEED = 0x0a;

async function mailsIn(asset: Asset): Promise<Run[]> {
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

function partsOfMailbox(mails: readonly Run[]): Inner {
  const parts = mails.map(
    ({ from, to }, index): AssetPart => ({
      kind: 'attachment',
      mediaType: 'message/rfc822',
      offset: from,
      bytes: to - from,
      place: `mail ${index + 1} of the mailbox`,
    }),
  );
  return { parts };
}

async function partsOfEml(asset: Asset, { from, to }: Run): Promise<Inner> {
  const { items, fault: walked } = await mimeParts(asset, from, to);
  const inner = nothingInside(walked);
  for (const item of items) {
    inner.parts.push(...(await partsAt(asset, item)));
    if (inner.parts.length > limits.parts) break;
  }
  return inner;
}

async function partsAt(asset: Asset, item: MimePart): Promise<AssetPart[]> {
  const run = runOf(item);
  const decode = ENCODINGS[item.encoding];
  // Clients attach whole files, encrypted or not, under the type of the control part: its bytes say which it is.
  const isControl = CONTROLS.has(item.mediaType) && (await isWords(asset, item));
  if (item.above.includes('multipart/encrypted'))
    return isControl ? [] : [{ ...run, kind: 'attachment', closed: fault('part.encrypted') }];
  if (isControl) return [];
  if (decode === undefined) return [{ ...run, kind: 'attachment', closed: fault('part.packing') }];
  if (item.mediaType === 'text/html')
    return [...(await linksIn(asset, item)), ...namedText(asset, item, run)];
  if (item.mediaType.startsWith('text/'))
    return [...(await withinText(asset, item, run)), ...namedText(asset, item, run)];
  return [await attached(asset, item, run)];
}

/** Says how the parts beside it are to be read, and holds nothing itself. */
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

/** Of control parts: a line or a few of text, a signature in text, or one in ASN.1 (RFC 5652, `signedData`). */
async function isWords(asset: Asset, item: MimePart): Promise<boolean> {
  const head = await content(asset, item, CONTROL_BYTES);
  if (head === undefined) return false;
  const { container } = (await Asset.ofBytes(head)).mediaType;
  if (container !== 'other' || closedBy('', item.name, head) !== undefined) return false;
  return head.subarray(0, SIGNED_AT).includes(SIGNED_DATA) || isText(head);
}

const CONTROL_BYTES = 4 * 1024;
const SIGNED_AT = 32;
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');

const placeOf = ({ number, mediaType }: MimePart): string =>
  TYPE.test(mediaType) ? `MIME part ${number} (${mediaType})` : `MIME part ${number}`;

const runOf = (item: MimePart): Placed => ({ offset: item.offset, bytes: item.bytes, place: placeOf(item) });

/** What is attached as a text may be anything, a drawing among it. */
const namedText = (asset: Asset, item: MimePart, run: Placed): AssetPart[] =>
  item.name === undefined ? [] : [{ ...bodyOf(asset, item, run), kind: 'attachment', ifKnown: true }];

async function attached(asset: Asset, item: MimePart, run: Placed): Promise<AssetPart> {
  const head = await content(asset, item, HEAD_BYTES);
  const closed = closedBy(item.mediaType, item.name, head ?? Buffer.alloc(0));
  if (closed !== undefined) return { ...run, ...nameOf(item), kind: 'attachment', closed };
  return { ...bodyOf(asset, item, run), ...attachedAs(item.mediaType, item.name) };
}

const HEAD_BYTES = 128;

/** Its bytes: a run of the file, or what is written there. */
function bodyOf(asset: Asset, item: MimePart, run: Placed): Placed & Pick<AssetPart, 'name' | 'unpack'> {
  const isDrawing = item.mediaType === 'image/svg+xml' || /\.svgz?$/i.test(item.name ?? '');
  const asItIs = ENCODINGS[item.encoding] === 'asIs';
  if (asItIs && !(isDrawing && !KEEPS_LINE_ENDS.has(item.encoding))) return { ...run, ...nameOf(item) };
  const unpack = async (most: number) => {
    const bytes = await content(asset, item);
    if (bytes === undefined) throw new PartClosed(fault('part.damaged'));
    if (isDrawing && !KEEPS_LINE_ENDS.has(item.encoding) && bytes.includes('c2pa'))
      throw new PartClosed(fault('part.lineEnds'));
    return within(bytes, most);
  };
  return { ...run, ...nameOf(item), unpack };
}

/** Undefined where it is damaged. Of the body as it stands no more than `most` bytes are looked at. */
async function content(asset: Asset, item: MimePart, most = item.bytes): Promise<Buffer | undefined> {
  const raw = await asset.read(item.offset, Math.min(item.bytes, most));
  const decode = ENCODINGS[item.encoding];
  return decode === 'asIs' || decode === undefined ? raw : decode(raw);
}

/** Of a text: what it holds in old ways of attaching. */
async function withinText(asset: Asset, item: MimePart, run: Placed): Promise<AssetPart[]> {
  const text = (await content(asset, item))?.toString('latin1') ?? '';
  return TEXTS_WITHIN.filter(({ mark }) => mark.test(text)).map(
    ({ code }): AssetPart => ({ ...run, kind: 'attachment', closed: fault(code) }),
  );
}

/** Media in the links of a page. */
async function linksIn(asset: Asset, item: MimePart): Promise<AssetPart[]> {
  const page = await content(asset, item);
  if (page === undefined) return [{ ...runOf(item), kind: 'attachment', closed: fault('part.damaged') }];
  return linkedParts(page, runOf(item));
}
