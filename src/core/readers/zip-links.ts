import { type Said, said } from '../../say/said.js';
import { faultSaid } from '../ground/fault.js';
import { limits } from '../ground/limits.js';
import { plain } from '../ground/quoted.js';
import type { Asset } from '../media/asset.js';
import type { WalkFault } from './conclude.js';
import { zipMembers } from './containers/zip-members.js';
import { attributeOf, localName, type XmlElement } from './xml-tree.js';
import { type DocumentKind, xmlOf } from './zip-documents.js';
import { packagePath } from './zip-properties.js';

/**
 * What a document shows from elsewhere: pictures and other files that it names by an address and does not hold. They are
 * counted and named, and never fetched. Links for a reader to follow are none.
 */
export async function linkedOutside(asset: Asset, kind: DocumentKind): Promise<Linked> {
  const addresses = new Set<string>();
  const { names, fault: unnamed } = await namesOf(asset, kind);
  let fault = unnamed;
  const notes: Said[] = [];
  for (const name of names) {
    const found = await xmlOf(asset, name);
    // Of a long text only its links are not known then, and no picture is missed that stands in the file.
    if (found?.fault?.kind === 'bounded' && kind === 'odf') notes.push(faultSaid(found.fault));
    else fault ??= found?.fault;
    for (const element of found?.elements ?? []) {
      const address = LINKED[kind](element)?.trim();
      if (address !== undefined && ADDRESS.test(address)) addresses.add(address);
    }
  }
  if (addresses.size === 0) return { notes, fault };
  const hosts = [...new Set([...addresses].map(hostOf))];
  const linked = said('note.linkedOutside', {
    count: addresses.size,
    hosts: hosts.slice(0, limits.outsideHosts).map((host) => said('note.host', { host: plain(host) })),
  });
  return { notes: [linked, ...notes], fault };
}

interface Linked {
  notes: Said[];
  /** Why some of what leads outside could not be read. */
  fault?: WalkFault | undefined;
}

/** An address that leads out of the file: with a scheme, or of another machine. */
const ADDRESS = /^(?:[a-z][a-z0-9+.-]{1,15}:|[\\/]{2})/i;

async function namesOf(
  asset: Asset,
  kind: DocumentKind,
): Promise<{ names: string[]; fault?: WalkFault | undefined }> {
  if (kind === 'ooxml') {
    const { items } = await zipMembers(asset);
    return { names: items.flatMap(({ name }) => (/(^|\/)_rels\/[^/]*\.rels$/i.test(name) ? [name] : [])) };
  }
  if (kind === 'odf') return { names: ['content.xml', 'styles.xml'] };
  if (kind !== 'epub') return { names: [] };
  const { path, fault } = await packagePath(asset);
  return { names: path === undefined ? [] : [path], fault };
}

/** By kind of document: what an element shows from elsewhere. */
const LINKED: Readonly<Record<DocumentKind, (element: XmlElement) => string | undefined>> = {
  // ECMA-376 part 2, 6.5.3.4.
  ooxml: (element) =>
    localName(element) === 'Relationship' &&
    attributeOf(element, 'TargetMode') === 'External' &&
    !/\/hyperlink$/i.test(attributeOf(element, 'Type') ?? '')
      ? attributeOf(element, 'Target')
      : undefined,
  // OpenDocument 1.3 part 3, 19.918: of pictures, sounds, videos and objects.
  odf: (element) =>
    /^(image|object|object-ole|plugin|sound|fill-image|background-image|audio|video)$/.test(
      localName(element),
    )
      ? attributeOf(element, 'href')
      : undefined,
  // EPUB 3.3, 3.6.
  epub: (element) => (localName(element) === 'item' ? attributeOf(element, 'href') : undefined),
  archive: () => undefined,
};

/** Of `https://user@host:1/path` the host; of another scheme its name. */
function hostOf(address: string): string {
  const [, scheme = '', host] =
    /^([a-z][a-z0-9+.-]{1,15}:)?[\\/]{2}(?:[^\\/@?#]{0,256}@)?([^\\/?#]{1,256})/i.exec(address) ?? [];
  return host ?? (scheme || (/^[a-z][a-z0-9+.-]{1,15}:/i.exec(address)?.[0] ?? address));
}
