import { limits } from '../../../base/limits.js';
import { UnreadablePartError } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { bounded, cachePerAsset, malformed } from '../containers/walk.js';
import { readZipMembers, unpackMember, type ZipMember } from '../containers/zip-members.js';
import { findAttribute, parseXml, toLocalName, type XmlElement } from '../xmp/xml-tree.js';

/** Kinds of documents based on ZIP: OOXML (ECMA-376 part 2), OpenDocument 1.3 part 2, EPUB 3.3. */
export type DocumentKind = 'ooxml' | 'odf' | 'epub' | 'archive';

const OOXML = /^application\/vnd\.(openxmlformats|ms-|visio)|^model\/3mf$/;

export function toDocumentKind({ mediaType: { mime } }: Asset): DocumentKind {
  if (mime.startsWith('application/vnd.oasis.opendocument.')) return 'odf';
  if (mime === 'application/epub+zip') return 'epub';
  return OOXML.test(mime) ? 'ooxml' : 'archive';
}

/** Normalizes a part name: names are case-insensitive (ECMA-376 part 2, 6.2.2.3), and some writers begin them with `/`. */
const nameKey = (name: string): string => name.replace(/^\/+/, '').toLowerCase();

export async function findMember(asset: Asset, name: string): Promise<ZipMember | undefined> {
  const byName = await cachePerAsset(asset, 'zip names', async () => {
    const { items } = await readZipMembers(asset);
    // The first member with a name counts.
    return new Map(items.toReversed().map((one) => [nameKey(one.name), one]));
  });
  return byName.get(nameKey(name));
}

/** Elements of an XML member as far as readable, and the fault that ended reading. */
export interface MemberXml {
  elements: readonly XmlElement[];
  /** Offset of the first byte, if the member is stored uncompressed. */
  offset?: number;
  fault?: WalkFault;
}

/** Parses a member; `undefined` if there is no such member. The limit applies to all XML members of a file together. */
export async function readMemberXml(asset: Asset, name: string): Promise<MemberXml | undefined> {
  const member = await findMember(asset, name);
  if (member === undefined) return undefined;
  return cachePerAsset(asset, `zip xml ${member.headerOffset}`, async () => {
    const left = await cachePerAsset(asset, 'zip xml left', async () => ({
      bytes: limits.documentXmlTotalBytes,
      elements: limits.documentXmlTotalElements,
    }));
    return read(asset, member, left);
  });
}

const tooLong = (most: number): WalkFault => bounded('bound.bytes', { place: 'XML', most });
const tooMany = (most: number): WalkFault => bounded('bound.entries', { place: 'XML', most });

async function read(
  asset: Asset,
  member: ZipMember,
  left: { bytes: number; elements: number },
): Promise<MemberXml> {
  const { name, bytes, method, dataOffset } = member;
  if (member.isEncrypted) return { elements: [], fault: bounded('part.encrypted') };
  if (bytes > limits.documentXmlBytes) return { elements: [], fault: tooLong(limits.documentXmlBytes) };
  if (bytes > left.bytes) return { elements: [], fault: tooLong(limits.documentXmlTotalBytes) };
  left.bytes -= bytes;
  try {
    const content = await unpackMember(asset, member, limits.documentXmlBytes);
    const { elements, size, broken } = parseXml(content, left.elements);
    left.elements = Math.max(0, left.elements - size);
    return {
      elements,
      ...(method === 0 && dataOffset !== undefined ? { offset: dataOffset } : {}),
      ...(broken === 'bound' ? { fault: tooMany(limits.documentXmlElements) } : {}),
      ...(broken === 'total' ? { fault: tooMany(limits.documentXmlTotalElements) } : {}),
      ...(broken === 'markup' ? { fault: malformed('document.markup', { place: name }) } : {}),
    };
  } catch (error) {
    if (!(error instanceof UnreadablePartError)) throw error;
    const { code, params } = error.fault;
    return { elements: [], fault: { kind: 'malformed', code, ...(params ? { params } : {}) } };
  }
}

/** Names of encrypted members, and the fault because of which the list may be incomplete. */
export interface EncryptedMembers {
  names: ReadonlySet<string>;
  fault?: WalkFault | undefined;
}

const NOTHING: EncryptedMembers = { names: new Set() };
/** Algorithms that only obfuscate fonts for other programs (EPUB 3.3, 4.2.6; Adobe). */
const OBFUSCATED: ReadonlySet<string> = new Set([
  'http://www.idpf.org/2008/embedding',
  'http://ns.adobe.com/pdf/enc#RC',
]);

/**
 * Returns the members that are encrypted by the rules of their format, which the ZIP itself does not record:
 * OpenDocument 1.3 part 2, 4.8.1; EPUB 3.3, 4.2.6.3.2.
 */
export async function readEncryptedMembers(asset: Asset, kind: DocumentKind): Promise<EncryptedMembers> {
  if (kind === 'odf') {
    const manifest = await readMemberXml(asset, 'META-INF/manifest.xml');
    const names = new Set(
      (manifest?.elements ?? []).flatMap((one) => {
        const path =
          toLocalName(one) === 'encryption-data' && one.parent
            ? findAttribute(one.parent, 'full-path')
            : undefined;
        return path === undefined ? [] : [path];
      }),
    );
    return { names, fault: manifest?.fault };
  }
  if (kind !== 'epub') return NOTHING;
  const encryption = await readMemberXml(asset, 'META-INF/encryption.xml');
  const elements = encryption?.elements ?? [];
  return {
    names: new Set(elements.flatMap((one) => encryptedResource(one, elements))),
    fault: encryption?.fault,
  };
}

function encryptedResource(element: XmlElement, all: readonly XmlElement[]): string[] {
  if (toLocalName(element) !== 'CipherReference') return [];
  const data = element.parent?.parent;
  const method = all.find((one) => toLocalName(one) === 'EncryptionMethod' && one.parent === data);
  if (method && OBFUSCATED.has(findAttribute(method, 'Algorithm') ?? '')) return [];
  return [decodeLinkPath(findAttribute(element, 'URI') ?? '')];
}

/** Decodes percent escapes of a path in a link; an invalid path is returned unchanged. */
export function decodeLinkPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
