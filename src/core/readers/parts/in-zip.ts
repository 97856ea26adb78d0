import { said } from '../../../say/said.js';
import type { AssetPart } from '../../evidence/evidence.js';
import { fault } from '../../ground/fault.js';
import { limits } from '../../ground/limits.js';
import { Asset } from '../../media/asset.js';
import { mimeOfName } from '../../media/media-types.js';
import { isText } from '../../media/no-medium.js';
import {
  canUnpack,
  headOfMember,
  isEmptyMember,
  isStoreName,
  storedRun,
  unpackedMember,
  type ZipMember,
  zipMembers,
} from '../containers/zip-members.js';
import { type DocumentKind, documentKind, encryptedIn } from '../zip-documents.js';
import { linkedOutside } from '../zip-links.js';
import type { Inner } from './inner.js';
import { calledMedium, lastSegment, memberKind, shortPlace } from './member-names.js';

/**
 * Members of a ZIP: of an archive all, of a document (OOXML, ODF, EPUB) all but its markup. Which of them are media is
 * decided from their bytes where they are looked into.
 */
export async function membersOfZip(asset: Asset): Promise<Inner> {
  const { items, fault: stopped, overlapping } = await zipMembers(asset);
  const kind = documentKind(asset);
  const encrypted = await encryptedIn(asset, kind);
  const candidates = items.filter((member) => !isEmptyMember(member) && !isMarkup(member, kind));
  // Where there are too many, those come first whose names say that they are media.
  const ordered = candidates.length <= limits.parts ? candidates : namedFirst(candidates);
  const parts: AssetPart[] = [];
  for (const member of ordered) {
    if (parts.length > limits.parts) break;
    const part = await partOf(asset, member, { kind, isEncrypted: encrypted.names.has(member.name) });
    if (part !== undefined) parts.push(part);
  }
  const outside = await linkedOutside(asset, kind);
  const notes = [
    ...(overlapping > 0 ? [said('note.zipOverlap', { count: overlapping })] : []),
    ...outside.notes,
  ];
  return { parts, fault: stopped ?? encrypted.fault ?? outside.fault, notes };
}

/** By the endings that the writers of these formats give: what is in such a member is text, and no file of its own. */
const MARKUP: Readonly<Record<DocumentKind, RegExp | undefined>> = {
  ooxml: /\.(xml|rels|vml)$|^\[Content_Types\]/i,
  odf: /^mimetype$|\.(xml|rdf)$/i,
  epub: /^mimetype$|\.(x?html?|xml|opf|ncx|css|smil|pls)$/i,
  archive: undefined,
};

/** The manifest store of the document itself is another carrier's. */
const isMarkup = ({ name }: ZipMember, kind: DocumentKind): boolean =>
  isStoreName(name) || MARKUP[kind]?.test(name) === true;

function namedFirst(members: readonly ZipMember[]): ZipMember[] {
  const isNamed = ({ name }: ZipMember) => mimeOfName(name) !== undefined;
  return [...members.filter(isNamed), ...members.filter((one) => !isNamed(one))];
}

async function partOf(
  asset: Asset,
  member: ZipMember,
  { kind, isEncrypted }: { kind: DocumentKind; isEncrypted: boolean },
): Promise<AssetPart | undefined> {
  const { name, bytes, headerOffset, dataOffset, method } = member;
  const told: AssetPart = {
    kind: memberKind(name, kind === 'archive' ? 'archive' : 'document'),
    offset: dataOffset ?? Math.min(headerOffset, asset.bytes),
    bytes,
    place: shortPlace(name),
    name: lastSegment(name),
    ifKnown: true,
    ...calledMedium(name),
    ...(kind === 'archive' ? { counted: true as const } : {}),
  };
  if (member.encrypted || isEncrypted) return { ...told, closed: fault('part.encrypted') };
  if (dataOffset === undefined) return { ...told, closed: fault('part.damaged') };
  if (!canUnpack(member)) return { ...told, closed: fault('part.packing') };
  const run = storedRun(asset, member);
  if (method === 0 && run === undefined) return { ...told, closed: fault('part.damaged') };
  if (bytes > (run ? limits.partBytes : limits.unpackedPartBytes) && !(await mayBeKnown(asset, member, told)))
    return undefined;
  return run ? { ...told, ...run } : { ...told, unpack: (most) => unpackedMember(asset, member, most) };
}

/** What is too large to be looked into is told only where its first bytes do not rule out that it is a medium. */
async function mayBeKnown(asset: Asset, member: ZipMember, { called, counted }: AssetPart): Promise<boolean> {
  const head = await headOfMember(asset, member);
  if (head === undefined || called || (counted && !isText(head))) return true;
  const { mediaType } = await Asset.ofBytes(head);
  return mediaType.container !== 'other' || mediaType.fault !== undefined;
}
