import {
  COLLECTION_BOUNDS,
  CollectionError,
  type NewCollection,
  type NewCollectionItem,
  type PeoplesFinding,
} from './collections.js';

/** Bounds of what people write into a collection. Each throws a CollectionError that names the place. */

export function checkCollection({ name, finding }: Partial<NewCollection>): void {
  if (name !== undefined) checkText(name, 'name', COLLECTION_BOUNDS.name);
  if (finding !== undefined) checkFinding(finding);
}

export function checkItem({ key, name, note, finding, preview }: NewCollectionItem, item: number): void {
  if (key !== undefined) checkText(key, 'key', COLLECTION_BOUNDS.key, item);
  checkText(name, 'name', COLLECTION_BOUNDS.itemName, item);
  if (note !== undefined) checkText(note, 'note', COLLECTION_BOUNDS.note, item);
  if (finding !== undefined) checkFinding(finding, item);
  if (preview !== undefined && !(preview.length <= COLLECTION_BOUNDS.previewBytes && isWebp(preview)))
    throw bad('preview', item);
}

function checkFinding({ text, by, link }: PeoplesFinding, item?: number): void {
  checkText(text, 'finding.text', COLLECTION_BOUNDS.text, item);
  if (by !== undefined) checkText(by, 'finding.by', COLLECTION_BOUNDS.by, item);
  if (link !== undefined && !isLink(link)) throw bad('finding.link', item);
}

function checkText(text: string, member: string, most: number, item?: number): void {
  if (text.trim() === '' || text.length > most) throw bad(member, item);
}

const bad = (member: string, item?: number): CollectionError =>
  new CollectionError('collection.bad', item === undefined ? { member } : { member, item });

/** It becomes a link on a page: nothing that a browser would run. */
export function isLink(text: string): boolean {
  if (text.length > COLLECTION_BOUNDS.link || !URL.canParse(text)) return false;
  return ['http:', 'https:'].includes(new URL(text).protocol);
}

/** Containers of WebP say so in their first twelve bytes. */
export function isWebp(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 12)).toString('latin1');
  return head.startsWith('RIFF') && head.endsWith('WEBP');
}

/** PostgreSQL's text knows no NUL, and no half of a pair of surrogates. */
export const cleanText = (text: string): string => text.replace(/\0|\p{Surrogate}/gu, '\ufffd');

export const cleanFinding = ({ text, by, link }: PeoplesFinding): PeoplesFinding => ({
  text: cleanText(text),
  ...(by === undefined ? {} : { by: cleanText(by) }),
  ...(link === undefined ? {} : { link }),
});
