import {
  COLLECTION_BOUNDS,
  CollectionError,
  type CollectionFinding,
  type NewCollection,
  type NewCollectionItem,
} from './collections.js';

/** Checks text that people write into a collection. Each function throws `CollectionError`, which names the member. */

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
    throw invalidMember('preview', item);
}

function checkFinding({ text, by, link }: CollectionFinding, item?: number): void {
  checkText(text, 'finding.text', COLLECTION_BOUNDS.text, item);
  if (by !== undefined) checkText(by, 'finding.by', COLLECTION_BOUNDS.by, item);
  if (link !== undefined && !isLink(link)) throw invalidMember('finding.link', item);
}

function checkText(text: string, member: string, most: number, item?: number): void {
  if (text.trim() === '' || text.length > most) throw invalidMember(member, item);
}

const invalidMember = (member: string, item?: number): CollectionError =>
  new CollectionError('collection.bad', item === undefined ? { member } : { member, item });

/** Returns true for an http or https address: it becomes a link on a page and must not run code. */
export function isLink(text: string): boolean {
  if (text.length > COLLECTION_BOUNDS.link || !URL.canParse(text)) return false;
  return ['http:', 'https:'].includes(new URL(text).protocol);
}

/** Returns true if the first twelve bytes are those of a WebP container. */
export function isWebp(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 12)).toString('latin1');
  return head.startsWith('RIFF') && head.endsWith('WEBP');
}

/** Replaces NUL and lone surrogates, which PostgreSQL's text type rejects. */
export const cleanText = (text: string): string => text.replace(/\0|\p{Surrogate}/gu, '\ufffd');

export const cleanFinding = ({ text, by, link }: CollectionFinding): CollectionFinding => ({
  text: cleanText(text),
  ...(by === undefined ? {} : { by: cleanText(by) }),
  ...(link === undefined ? {} : { link }),
});
