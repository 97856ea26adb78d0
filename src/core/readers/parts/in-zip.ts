import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { message } from '../../../i18n/message.js';
import type { AssetPart } from '../../evidence/evidence.js';
import { Asset } from '../../media/asset.js';
import { mimeByExtension } from '../../media/media-types.js';
import { isText } from '../../media/not-media.js';
import {
  canUnpack,
  findStoredSpan,
  isEmptyMember,
  isStoreName,
  readMemberHead,
  readZipMembers,
  unpackMember,
  type ZipMember,
} from '../containers/zip-members.js';
import { type DocumentKind, readEncryptedMembers, toDocumentKind } from '../documents/zip-documents.js';
import { findExternalLinks } from '../documents/zip-links.js';
import type { InnerParts } from './inner.js';
import { shortenPath, toCalledMedium, toLastSegment, toMemberKind } from './member-names.js';

/**
 * Lists the members of a ZIP: all of an archive; all but the markup of a document (OOXML, ODF, EPUB). Inspection of
 * each member detects media from its bytes.
 */
export async function findZipParts(asset: Asset): Promise<InnerParts> {
  const { items, fault: stopped, overlapping } = await readZipMembers(asset);
  const kind = toDocumentKind(asset);
  const encrypted = await readEncryptedMembers(asset, kind);
  const candidates = items.filter((member) => !isEmptyMember(member) && !isMarkup(member, kind));
  // If there are too many members, those with a media extension come first.
  const ordered = candidates.length <= limits.parts ? candidates : namedFirst(candidates);
  const parts: AssetPart[] = [];
  for (const member of ordered) {
    if (parts.length > limits.parts) break;
    const part = await partOf(asset, member, { kind, isEncrypted: encrypted.names.has(member.name) });
    if (part !== undefined) parts.push(part);
  }
  const outside = await findExternalLinks(asset, kind);
  const notes = [
    ...(overlapping > 0 ? [message('note.zipOverlap', { count: overlapping })] : []),
    ...outside.notes,
  ];
  return { parts, fault: stopped ?? encrypted.fault ?? outside.fault, notes };
}

/** Extensions that writers of these formats give to markup, which is text and not a separate file. */
const MARKUP: Readonly<Record<DocumentKind, RegExp | undefined>> = {
  ooxml: /\.(xml|rels|vml)$|^\[Content_Types\]/i,
  odf: /^mimetype$|\.(xml|rdf)$/i,
  epub: /^mimetype$|\.(x?html?|xml|opf|ncx|css|smil|pls)$/i,
  archive: undefined,
};

/** Another carrier reads the manifest store of the document itself. */
const isMarkup = ({ name }: ZipMember, kind: DocumentKind): boolean =>
  isStoreName(name) || MARKUP[kind]?.test(name) === true;

function namedFirst(members: readonly ZipMember[]): ZipMember[] {
  const isNamed = ({ name }: ZipMember) => mimeByExtension(name) !== undefined;
  return [...members.filter(isNamed), ...members.filter((one) => !isNamed(one))];
}

async function partOf(
  asset: Asset,
  member: ZipMember,
  { kind, isEncrypted }: { kind: DocumentKind; isEncrypted: boolean },
): Promise<AssetPart | undefined> {
  const { name, bytes, headerOffset, dataOffset, method } = member;
  const reported: AssetPart = {
    kind: toMemberKind(name, kind === 'archive' ? 'archive' : 'document'),
    offset: dataOffset ?? Math.min(headerOffset, asset.bytes),
    bytes,
    locator: shortenPath(name),
    name: toLastSegment(name),
    isListedIfKnown: true,
    ...toCalledMedium(name),
    ...(kind === 'archive' ? { isCountedIfUnknown: true as const } : {}),
  };
  if (member.isEncrypted || isEncrypted) return { ...reported, unreadable: fault('part.encrypted') };
  if (dataOffset === undefined) return { ...reported, unreadable: fault('part.damaged') };
  if (!canUnpack(member)) return { ...reported, unreadable: fault('part.packing') };
  const run = findStoredSpan(asset, member);
  if (method === 0 && run === undefined) return { ...reported, unreadable: fault('part.damaged') };
  if (
    bytes > (run ? limits.partBytes : limits.unpackedPartBytes) &&
    !(await mayBeKnown(asset, member, reported))
  )
    return undefined;
  return run ? { ...reported, ...run } : { ...reported, unpack: (most) => unpackMember(asset, member, most) };
}

/** Returns whether a member that is too large to inspect may be a medium, judging by its first bytes. */
async function mayBeKnown(
  asset: Asset,
  member: ZipMember,
  { hasMediaName: called, isCountedIfUnknown: counted }: AssetPart,
): Promise<boolean> {
  const head = await readMemberHead(asset, member);
  if (head === undefined || called || (counted && !isText(head))) return true;
  const { mediaType } = await Asset.fromBytes(head);
  return mediaType.container !== 'other' || mediaType.fault !== undefined;
}
