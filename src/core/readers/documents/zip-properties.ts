import type { Asset } from '../../media/asset.js';
import type { WalkFault } from '../conclude.js';
import { readZipMembers } from '../containers/zip-members.js';
import type { TagList } from '../text/tag-list.js';
import { findAttribute, toLocalName, type XmlElement } from '../xmp/xml-tree.js';
import {
  decodeLinkPath,
  type MemberXml,
  readEncryptedMembers,
  readMemberXml,
  toDocumentKind,
} from './zip-documents.js';

/**
 * Reads the properties of documents based on ZIP. Keys use the prefixes of the formats' own vocabularies, whatever
 * prefixes a file declares, so that rules find, for example, a person's name under its usual key.
 */
export async function readZipProperties(asset: Asset, list: TagList): Promise<void> {
  const { fault } = await readZipMembers(asset);
  await ooxml(asset, list);
  await odf(asset, list);
  await epub(asset, list);
  list.addFault(fault);
}

type Tags = (element: XmlElement) => { key: string; value: string } | undefined;

async function readMember(asset: Asset, name: string, list: TagList, tags: Tags): Promise<void> {
  const member = await readMemberXml(asset, name);
  if (member !== undefined) take(member, name, list, tags);
}

function take({ elements, offset, fault }: MemberXml, system: string, list: TagList, tags: Tags): void {
  for (const element of elements) {
    const tag = tags(element);
    if (tag === undefined || tag.value === '') continue;
    list.add({ system, ...tag, ...(offset === undefined ? {} : { offset }) });
  }
  list.addFault(fault);
}

/**
 * Parts that the package's relationships refer to, with the name that all writers use as fallback (ECMA-376 part 2, 8
 * and part 1, 22.2 and 22.3).
 */
const OOXML_PARTS: readonly (readonly [type: RegExp, name: string, tags: Tags])[] = [
  [/\/custom-?properties$/i, 'docProps/custom.xml', customTag],
  [/\/core-properties$/i, 'docProps/core.xml', coreTag],
  [/\/extended-?properties$/i, 'docProps/app.xml', appTag],
];

async function ooxml(asset: Asset, list: TagList): Promise<void> {
  const { elements: relations = [], fault: unrelated } = (await readMemberXml(asset, '_rels/.rels')) ?? {};
  list.addFault(unrelated);
  for (const [type, usual, tags] of OOXML_PARTS) {
    const named = relations.flatMap((one) =>
      type.test(findAttribute(one, 'Type') ?? '')
        ? [(findAttribute(one, 'Target') ?? '').replace(/^\/+/, '')]
        : [],
    );
    // Reads the usual part too, because programs may ignore the one that the file names.
    for (const name of new Set([...named.slice(0, MAX_NAMED), usual]))
      await readMember(asset, name, list, tags);
  }
}

const MAX_NAMED = 4;

/** Reads a `property`, whose value is an element of `vt:`, or several elements of a vector. */
function customTag(element: XmlElement): ReturnType<Tags> {
  let holder = element.parent;
  while (holder !== undefined && toLocalName(holder) !== 'property') holder = holder.parent;
  const key = holder && findAttribute(holder, 'name');
  return key === undefined ? undefined : { key, value: element.text };
}

const CORE_PREFIXES: ReadonlyMap<string, string> = new Map([
  ...['creator', 'description', 'identifier', 'language', 'subject', 'title'].map(
    (name) => [name, 'dc'] as const,
  ),
  ...['created', 'modified'].map((name) => [name, 'dcterms'] as const),
]);

function coreTag(element: XmlElement): ReturnType<Tags> {
  if (element.parent === undefined || element.parent.parent !== undefined) return undefined;
  const name = toLocalName(element);
  return { key: `${CORE_PREFIXES.get(name) ?? 'cp'}:${name}`, value: element.text };
}

/** Skips vectors, which are headings and links from the document's own text. */
function appTag(element: XmlElement): ReturnType<Tags> {
  return element.parent === undefined || element.parent.parent !== undefined
    ? undefined
    : { key: toLocalName(element), value: element.text };
}

const ODF_PREFIXES: ReadonlyMap<string, string> = new Map(
  ['creator', 'date', 'description', 'language', 'subject', 'title'].map((name) => [name, 'dc'] as const),
);

/** Reads the metadata of OpenDocument (1.3 part 3, 4.3). */
async function odf(asset: Asset, list: TagList): Promise<void> {
  const { names, fault } = await readEncryptedMembers(asset, toDocumentKind(asset));
  list.addFault(fault);
  if (names.has('meta.xml')) {
    list.addFault({ kind: 'bounded', code: 'part.encrypted' });
    return;
  }
  await readMember(asset, 'meta.xml', list, (element) => {
    if (element.parent === undefined || toLocalName(element.parent) !== 'meta') return undefined;
    const name = toLocalName(element);
    const key =
      name === 'user-defined'
        ? findAttribute(element, 'name')
        : `${ODF_PREFIXES.get(name) ?? 'meta'}:${name}`;
    return key === undefined ? undefined : { key, value: element.text };
  });
}

/** Returns the path of the package file that the container names (EPUB 3.3, 4.2.6.3.1). */
export async function findPackagePath(
  asset: Asset,
): Promise<{ path?: string; fault?: WalkFault | undefined }> {
  const container = await readMemberXml(asset, 'META-INF/container.xml');
  const path = (container?.elements ?? []).flatMap((one) =>
    toLocalName(one) === 'rootfile' ? [findAttribute(one, 'full-path')] : [],
  )[0];
  return { ...(path === undefined ? {} : { path: decodeLinkPath(path) }), fault: container?.fault };
}

const DUBLIN_CORE: ReadonlySet<string> = new Set(
  'contributor coverage creator date description format identifier language publisher relation rights source subject title type'.split(
    ' ',
  ),
);

/** Reads the metadata of EPUB (3.3, 5.5); `name` and `content` are from EPUB 2. */
async function epub(asset: Asset, list: TagList): Promise<void> {
  const { path, fault } = await findPackagePath(asset);
  list.addFault(fault);
  if (path === undefined) return;
  await readMember(asset, path, list, (element) => {
    let holder = element.parent;
    while (holder !== undefined && toLocalName(holder) !== 'metadata') holder = holder.parent;
    if (holder === undefined) return undefined;
    const name = toLocalName(element);
    if (DUBLIN_CORE.has(name)) return { key: `dc:${name}`, value: element.text };
    if (name !== 'meta') return undefined;
    const key = findAttribute(element, 'property') ?? findAttribute(element, 'name');
    return key === undefined
      ? undefined
      : { key, value: element.text || (findAttribute(element, 'content') ?? '') };
  });
}
