import { faultMessage } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { shortenUnquoted } from '../../../base/quoted.js';
import { type Message, message } from '../../../i18n/message.js';
import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { readZipMembers } from '../containers/zip-members.js';
import { findAttribute, toLocalName, type XmlElement } from '../xmp/xml-tree.js';
import { type DocumentKind, readMemberXml } from './zip-documents.js';
import { findPackagePath } from './zip-properties.js';

/**
 * Returns the external content that a document displays: pictures and other files that it references by an address and
 * does not contain. They are counted and named, and never fetched. Links for the reader to follow do not count.
 */
export async function findExternalLinks(asset: Asset, kind: DocumentKind): Promise<ExternalLinks> {
  const addresses = new Set<string>();
  const { names, fault: unnamed } = await namesOf(asset, kind);
  let fault = unnamed;
  const notes: Message[] = [];
  for (const name of names) {
    const found = await readMemberXml(asset, name);
    // In a long text only links are missed, not pictures in the file.
    if (found?.fault?.kind === 'bounded' && kind === 'odf') notes.push(faultMessage(found.fault));
    else fault ??= found?.fault;
    for (const element of found?.elements ?? []) {
      const address = LINKED[kind](element)?.trim();
      if (address !== undefined && ADDRESS.test(address)) addresses.add(address);
    }
  }
  if (addresses.size === 0) return { notes, fault };
  const hosts = [...new Set([...addresses].map(toHost))];
  const linked = message('note.linkedOutside', {
    count: addresses.size,
    hosts: hosts
      .slice(0, limits.outsideHosts)
      .map((host) => message('note.host', { host: shortenUnquoted(host) })),
  });
  return { notes: [linked, ...notes], fault };
}

interface ExternalLinks {
  notes: Message[];
  /** Fault because of which some external references could not be read. */
  fault?: WalkFault | undefined;
}

/** Address outside the file: one with a scheme, or on another machine. */
const ADDRESS = /^(?:[a-z][a-z0-9+.-]{1,15}:|[\\/]{2})/i;

async function namesOf(
  asset: Asset,
  kind: DocumentKind,
): Promise<{ names: string[]; fault?: WalkFault | undefined }> {
  if (kind === 'ooxml') {
    const { items } = await readZipMembers(asset);
    return { names: items.flatMap(({ name }) => (/(^|\/)_rels\/[^/]*\.rels$/i.test(name) ? [name] : [])) };
  }
  if (kind === 'odf') return { names: ['content.xml', 'styles.xml'] };
  if (kind !== 'epub') return { names: [] };
  const { path, fault } = await findPackagePath(asset);
  return { names: path === undefined ? [] : [path], fault };
}

/** Returns the external address that an element displays, by kind of document. */
const LINKED: Readonly<Record<DocumentKind, (element: XmlElement) => string | undefined>> = {
  // ECMA-376 part 2, 6.5.3.4.
  ooxml: (element) =>
    toLocalName(element) === 'Relationship' &&
    findAttribute(element, 'TargetMode') === 'External' &&
    !/\/hyperlink$/i.test(findAttribute(element, 'Type') ?? '')
      ? findAttribute(element, 'Target')
      : undefined,
  // Pictures, sounds, videos and objects (OpenDocument 1.3 part 3, 19.918).
  odf: (element) =>
    /^(image|object|object-ole|plugin|sound|fill-image|background-image|audio|video)$/.test(
      toLocalName(element),
    )
      ? findAttribute(element, 'href')
      : undefined,
  // EPUB 3.3, 3.6.
  epub: (element) => (toLocalName(element) === 'item' ? findAttribute(element, 'href') : undefined),
  archive: () => undefined,
};

/** Returns the host of `https://user@host:1/path`; for other schemes the name of the scheme. */
function toHost(address: string): string {
  const [, scheme = '', host] =
    /^([a-z][a-z0-9+.-]{1,15}:)?[\\/]{2}(?:[^\\/@?#]{0,256}@)?([^\\/?#]{1,256})/i.exec(address) ?? [];
  return host ?? (scheme || (/^[a-z][a-z0-9+.-]{1,15}:/i.exec(address)?.[0] ?? address));
}
