import type { Asset } from '../media/asset.js';
import type { WalkFault } from './conclude.js';
import { zipMembers } from './containers/zip-members.js';
import type { TagList } from './tag-list.js';
import { attributeOf, localName, type XmlElement } from './xml-tree.js';
import { decoded, documentKind, encryptedIn, type MemberXml, xmlOf } from './zip-documents.js';

/**
 * Properties of documents that are ZIP inside. Keys are those of the formats' own vocabularies, whatever prefixes a file
 * gives them: who looks for a person's name looks for it under its usual one.
 */
export async function zipProperties(asset: Asset, list: TagList): Promise<void> {
  const { fault } = await zipMembers(asset);
  await ooxml(asset, list);
  await odf(asset, list);
  await epub(asset, list);
  list.fault(fault);
}

type Tags = (element: XmlElement) => { key: string; value: string } | undefined;

async function readMember(asset: Asset, name: string, list: TagList, tags: Tags): Promise<void> {
  const member = await xmlOf(asset, name);
  if (member !== undefined) take(member, name, list, tags);
}

function take({ elements, offset, fault }: MemberXml, system: string, list: TagList, tags: Tags): void {
  for (const element of elements) {
    const tag = tags(element);
    if (tag === undefined || tag.value === '') continue;
    list.add({ system, ...tag, ...(offset === undefined ? {} : { offset }) });
  }
  list.fault(fault);
}

/** ECMA-376 part 2, 8 and part 1, 22.2 and 22.3: what the package's relationships lead to, else where all writers put it. */
const OOXML_PARTS: readonly (readonly [type: RegExp, name: string, tags: Tags])[] = [
  [/\/custom-?properties$/i, 'docProps/custom.xml', customTag],
  [/\/core-properties$/i, 'docProps/core.xml', coreTag],
  [/\/extended-?properties$/i, 'docProps/app.xml', appTag],
];

async function ooxml(asset: Asset, list: TagList): Promise<void> {
  const { elements: relations = [], fault: unrelated } = (await xmlOf(asset, '_rels/.rels')) ?? {};
  list.fault(unrelated);
  for (const [type, usual, tags] of OOXML_PARTS) {
    const named = relations.flatMap((one) =>
      type.test(attributeOf(one, 'Type') ?? '')
        ? [(attributeOf(one, 'Target') ?? '').replace(/^\/+/, '')]
        : [],
    );
    // A file may name another than its readers look at.
    for (const name of new Set([...named.slice(0, MOST_NAMED), usual]))
      await readMember(asset, name, list, tags);
  }
}

const MOST_NAMED = 4;

/** `property` holds its value in an element of `vt:`, or in several of a vector. */
function customTag(element: XmlElement): ReturnType<Tags> {
  let holder = element.within;
  while (holder !== undefined && localName(holder) !== 'property') holder = holder.within;
  const key = holder && attributeOf(holder, 'name');
  return key === undefined ? undefined : { key, value: element.text };
}

const CORE_PREFIXES: ReadonlyMap<string, string> = new Map([
  ...['creator', 'description', 'identifier', 'language', 'subject', 'title'].map(
    (name) => [name, 'dc'] as const,
  ),
  ...['created', 'modified'].map((name) => [name, 'dcterms'] as const),
]);

function coreTag(element: XmlElement): ReturnType<Tags> {
  if (element.within === undefined || element.within.within !== undefined) return undefined;
  const name = localName(element);
  return { key: `${CORE_PREFIXES.get(name) ?? 'cp'}:${name}`, value: element.text };
}

/** Its vectors are headings and links out of the document's own text. */
function appTag(element: XmlElement): ReturnType<Tags> {
  return element.within === undefined || element.within.within !== undefined
    ? undefined
    : { key: localName(element), value: element.text };
}

const ODF_PREFIXES: ReadonlyMap<string, string> = new Map(
  ['creator', 'date', 'description', 'language', 'subject', 'title'].map((name) => [name, 'dc'] as const),
);

/** OpenDocument 1.3 part 3, 4.3. */
async function odf(asset: Asset, list: TagList): Promise<void> {
  const { names, fault } = await encryptedIn(asset, documentKind(asset));
  list.fault(fault);
  if (names.has('meta.xml')) {
    list.fault({ kind: 'bounded', code: 'part.encrypted' });
    return;
  }
  await readMember(asset, 'meta.xml', list, (element) => {
    if (element.within === undefined || localName(element.within) !== 'meta') return undefined;
    const name = localName(element);
    const key =
      name === 'user-defined' ? attributeOf(element, 'name') : `${ODF_PREFIXES.get(name) ?? 'meta'}:${name}`;
    return key === undefined ? undefined : { key, value: element.text };
  });
}

/** EPUB 3.3, 4.2.6.3.1: the package file that the container names. */
export async function packagePath(asset: Asset): Promise<{ path?: string; fault?: WalkFault | undefined }> {
  const container = await xmlOf(asset, 'META-INF/container.xml');
  const path = (container?.elements ?? []).flatMap((one) =>
    localName(one) === 'rootfile' ? [attributeOf(one, 'full-path')] : [],
  )[0];
  return { ...(path === undefined ? {} : { path: decoded(path) }), fault: container?.fault };
}

const DUBLIN_CORE: ReadonlySet<string> = new Set(
  'contributor coverage creator date description format identifier language publisher relation rights source subject title type'.split(
    ' ',
  ),
);

/** EPUB 3.3, 5.5; `name` and `content` are of EPUB 2. */
async function epub(asset: Asset, list: TagList): Promise<void> {
  const { path, fault } = await packagePath(asset);
  list.fault(fault);
  if (path === undefined) return;
  await readMember(asset, path, list, (element) => {
    let holder = element.within;
    while (holder !== undefined && localName(holder) !== 'metadata') holder = holder.within;
    if (holder === undefined) return undefined;
    const name = localName(element);
    if (DUBLIN_CORE.has(name)) return { key: `dc:${name}`, value: element.text };
    if (name !== 'meta') return undefined;
    const key = attributeOf(element, 'property') ?? attributeOf(element, 'name');
    return key === undefined
      ? undefined
      : { key, value: element.text || (attributeOf(element, 'content') ?? '') };
  });
}
