import { PartClosed } from '../evidence/evidence.js';
import { limits } from '../ground/limits.js';
import type { Asset } from '../media/asset.js';
import type { WalkFault } from './conclude.js';
import { bounded, malformed, once } from './containers/walk.js';
import { unpackedMember, type ZipMember, zipMembers } from './containers/zip-members.js';
import { attributeOf, localName, type XmlElement, xmlElements } from './xml-tree.js';

/** Documents that are ZIP inside: OOXML (ECMA-376 part 2), OpenDocument 1.3 part 2, EPUB 3.3. */
export type DocumentKind = 'ooxml' | 'odf' | 'epub' | 'archive';

const OOXML = /^application\/vnd\.(openxmlformats|ms-|visio)|^model\/3mf$/;

export function documentKind({ mediaType: { mime } }: Asset): DocumentKind {
  if (mime.startsWith('application/vnd.oasis.opendocument.')) return 'odf';
  if (mime === 'application/epub+zip') return 'epub';
  return OOXML.test(mime) ? 'ooxml' : 'archive';
}

/** Names of parts are the same in either case (ECMA-376 part 2, 6.2.2.3), and some writers begin them with `/`. */
const nameKey = (name: string): string => name.replace(/^\/+/, '').toLowerCase();

export async function memberNamed(asset: Asset, name: string): Promise<ZipMember | undefined> {
  const byName = await once(asset, 'zip names', async () => {
    const { items } = await zipMembers(asset);
    // The first of a name counts.
    return new Map(items.toReversed().map((one) => [nameKey(one.name), one]));
  });
  return byName.get(nameKey(name));
}

/** What could be read of a member that is XML, and why no more. */
export interface MemberXml {
  elements: readonly XmlElement[];
  /** Of its first byte, where it stands in the file as it is. */
  offset?: number;
  fault?: WalkFault;
}

/** Undefined where there is no such member. Bounded over all such members of a file. */
export async function xmlOf(asset: Asset, name: string): Promise<MemberXml | undefined> {
  const member = await memberNamed(asset, name);
  if (member === undefined) return undefined;
  return once(asset, `zip xml ${member.headerOffset}`, async () => {
    const left = await once(asset, 'zip xml left', async () => ({
      bytes: limits.documentXmlTotalBytes,
      elements: limits.documentXmlTotalElements,
    }));
    return read(asset, member, left);
  });
}

const tooLong = (most: number): WalkFault => bounded('bound.documentXml', { what: 'bytes', most });
const tooMany = (most: number): WalkFault => bounded('bound.documentXml', { what: 'elements', most });

async function read(
  asset: Asset,
  member: ZipMember,
  left: { bytes: number; elements: number },
): Promise<MemberXml> {
  const { name, bytes, method, dataOffset } = member;
  if (member.encrypted) return { elements: [], fault: bounded('part.encrypted') };
  if (bytes > limits.documentXmlBytes) return { elements: [], fault: tooLong(limits.documentXmlBytes) };
  if (bytes > left.bytes) return { elements: [], fault: tooLong(limits.documentXmlTotalBytes) };
  left.bytes -= bytes;
  try {
    const content = await unpackedMember(asset, member, limits.documentXmlBytes);
    const { elements, size, broken } = xmlElements(content, left.elements);
    left.elements = Math.max(0, left.elements - size);
    return {
      elements,
      ...(method === 0 && dataOffset !== undefined ? { offset: dataOffset } : {}),
      ...(broken === 'bound' ? { fault: tooMany(limits.documentXmlElements) } : {}),
      ...(broken === 'total' ? { fault: tooMany(limits.documentXmlTotalElements) } : {}),
      ...(broken === 'markup' ? { fault: malformed('document.markup', { place: name }) } : {}),
    };
  } catch (error) {
    if (!(error instanceof PartClosed)) throw error;
    const { code, params } = error.fault;
    return { elements: [], fault: { kind: 'malformed', code, ...(params ? { params } : {}) } };
  }
}

/** Names of members, and why there may be more. */
export interface Encrypted {
  names: ReadonlySet<string>;
  fault?: WalkFault | undefined;
}

const NOTHING: Encrypted = { names: new Set() };
/** Fonts that are only made unreadable to other programs (EPUB 3.3, 4.2.6; Adobe). */
const OBFUSCATED: ReadonlySet<string> = new Set([
  'http://www.idpf.org/2008/embedding',
  'http://ns.adobe.com/pdf/enc#RC',
]);

/**
 * Members that are encrypted by the rules of their format, which the ZIP itself does not tell: OpenDocument 1.3 part 2,
 * 4.8.1; EPUB 3.3, 4.2.6.3.2.
 */
export async function encryptedIn(asset: Asset, kind: DocumentKind): Promise<Encrypted> {
  if (kind === 'odf') {
    const manifest = await xmlOf(asset, 'META-INF/manifest.xml');
    const names = new Set(
      (manifest?.elements ?? []).flatMap((one) => {
        const path =
          localName(one) === 'encryption-data' && one.within
            ? attributeOf(one.within, 'full-path')
            : undefined;
        return path === undefined ? [] : [path];
      }),
    );
    return { names, fault: manifest?.fault };
  }
  if (kind !== 'epub') return NOTHING;
  const encryption = await xmlOf(asset, 'META-INF/encryption.xml');
  const elements = encryption?.elements ?? [];
  return {
    names: new Set(elements.flatMap((one) => encryptedResource(one, elements))),
    fault: encryption?.fault,
  };
}

function encryptedResource(element: XmlElement, all: readonly XmlElement[]): string[] {
  if (localName(element) !== 'CipherReference') return [];
  const data = element.within?.within;
  const method = all.find((one) => localName(one) === 'EncryptionMethod' && one.within === data);
  if (method && OBFUSCATED.has(attributeOf(method, 'Algorithm') ?? '')) return [];
  return [decoded(attributeOf(element, 'URI') ?? '')];
}

/** A path in a link, where it is one. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
