import { limits } from '../../../base/limits.js';
import { type EbmlElement, EbmlWalk } from '../containers/ebml-elements.js';
import { MATROSKA, readMatroskaSegment } from '../containers/ebml-segment.js';
import { bounded } from '../containers/walk.js';
import type { Reader } from '../reader.js';
import { TagList } from '../text/tag-list.js';
import { decodeTagText, formatTagValue } from '../text/tag-text.js';

/**
 * Reads SimpleTags and the names of the writing programs, tracks and attachments (RFC 9559). It uses Assay's own walker
 * because music-metadata gives no locators, reads no nested tags, and loses all tags of a truncated recording.
 */
export const matroskaTagsReader: Reader<'matroskaTags'> = {
  carrier: 'matroskaTags',

  async read(asset) {
    const { parts, fault, outside } = await readMatroskaSegment(asset);
    const list = new TagList();
    // Uses a separate element budget, so that the length of the segment does not limit the content of its parts.
    const walk = new EbmlWalk(asset);
    for (const part of parts) {
      if (list.isFull) break;
      if (part.id === MATROSKA.info) await readInfo(walk, part, list);
      if (part.id === MATROSKA.tracks) await readTracks(walk, part, list);
      if (part.id === MATROSKA.tags) await readTags(walk, part, list);
      if (part.id === MATROSKA.attachments) await readAttachments(walk, part, list);
    }
    list.addFault(walk.fault);
    list.addFault(fault);
    return list.conclude(outside);
  },
};

/** Longer than the maximum name, so that truncation can be detected. */
const NAME_BYTES = 2 * limits.shownValueCharacters;

const INFO_TEXTS: ReadonlyMap<number, string> = new Map([
  [0x4d80, 'MuxingApp'],
  [0x5741, 'WritingApp'],
  [0x7ba9, 'Title'],
]);
const DATE_UTC = 0x4461;
/** 2001-01-01T00:00:00Z. */
const DATE_EPOCH_MILLIS = 978_307_200_000;

async function readInfo(walk: EbmlWalk, info: EbmlElement, list: TagList): Promise<void> {
  for (const field of await walk.children(info)) {
    if (list.isFull) return;
    const key = INFO_TEXTS.get(field.id);
    if (key) await addText(walk, field, { system: 'matroska info', key }, list);
    if (field.id !== DATE_UTC || field.dataBytes !== 8) continue;
    const nanos = (await walk.data(field, 8)).readBigInt64BE(0);
    const value = new Date(DATE_EPOCH_MILLIS + Number(nanos / 1_000_000n)).toISOString();
    list.add({ system: 'matroska info', key: 'DateUTC', value, offset: field.dataOffset });
  }
}

const TRACK = { entry: 0xae, name: 0x536e } as const;

async function readTracks(walk: EbmlWalk, tracks: EbmlElement, list: TagList): Promise<void> {
  for (const entry of (await walk.children(tracks)).filter((e) => e.id === TRACK.entry)) {
    if (list.isFull) return;
    const name = (await walk.children(entry)).find((field) => field.id === TRACK.name);
    if (name) await addText(walk, name, { system: 'matroska track', key: 'Name' }, list);
  }
}

const FILE = { attached: 0x61a7, name: 0x466e, mediaType: 0x4660 } as const;

async function readAttachments(walk: EbmlWalk, attachments: EbmlElement, list: TagList): Promise<void> {
  for (const file of (await walk.children(attachments)).filter((e) => e.id === FILE.attached)) {
    if (list.isFull) return;
    const fields = await walk.children(file);
    const text = async (id: number) => {
      const field = fields.find((f) => f.id === id);
      return field ? decodeTagText(await walk.data(field, NAME_BYTES)) : '';
    };
    list.add({
      system: 'matroska attachment',
      key: await text(FILE.name),
      value: await text(FILE.mediaType),
      offset: file.dataOffset,
    });
  }
}

const TAG = {
  tag: 0x7373,
  targets: 0x63c0,
  targetType: 0x63ca,
  simple: 0x67c8,
  name: 0x45a3,
  language: 0x447a,
  languageBcp47: 0x447b,
  string: 0x4487,
  binary: 0x4485,
} as const;
/** Targets that identify a track, edition, chapter or attachment by its number. */
const TARGET_UIDS: ReadonlyMap<number, string> = new Map([
  [0x63c5, 'track'],
  [0x63c9, 'edition'],
  [0x63c4, 'chapter'],
  [0x63c6, 'attachment'],
]);

async function readTags(walk: EbmlWalk, tags: EbmlElement, list: TagList): Promise<void> {
  for (const tag of (await walk.children(tags)).filter((e) => e.id === TAG.tag)) {
    if (list.isFull) return;
    const fields = await walk.children(tag);
    const targets = fields.find((f) => f.id === TAG.targets);
    const target = targets ? await targetWords(walk, targets) : '';
    for (const simple of fields.filter((f) => f.id === TAG.simple))
      await readSimpleTag(walk, simple, `matroska${target}`, '', 1, list);
  }
}

/** Returns the target of the tag, if it is not the whole file. */
async function targetWords(walk: EbmlWalk, targets: EbmlElement): Promise<string> {
  const fields = await walk.children(targets);
  const type = fields.find((f) => f.id === TAG.targetType);
  const uid = fields.find((f) => TARGET_UIDS.has(f.id));
  const words = [
    ...(type ? [decodeTagText(await walk.data(type, limits.shownValueCharacters))] : []),
    ...(uid ? [TARGET_UIDS.get(uid.id)] : []),
  ];
  return words.length === 0 ? '' : ` ${words.join(' ')}`;
}

/** Reads a SimpleTag. Nested tags are named by their path, `PARENT:CHILD`. */
async function readSimpleTag(
  walk: EbmlWalk,
  simple: EbmlElement,
  system: string,
  above: string,
  depth: number,
  list: TagList,
): Promise<void> {
  if (depth > limits.ebmlSimpleTagDepth) {
    list.addFault(bounded('bound.depth', { place: 'Matroska', most: limits.ebmlSimpleTagDepth }));
    return;
  }
  const fields = await walk.children(simple);
  const text = async (id: number) => {
    const field = fields.find((f) => f.id === id);
    return field ? decodeTagText(await walk.data(field, NAME_BYTES)) : undefined;
  };
  const key = `${above}${(await text(TAG.name)) ?? ''}`;
  const language = (await text(TAG.languageBcp47)) ?? (await text(TAG.language));
  const named = language === undefined || language === 'und' ? system : `${system} (${language})`;
  for (const field of fields) {
    if (list.isFull) return;
    if (field.id === TAG.string) await addText(walk, field, { system: named, key }, list);
    if (field.id === TAG.binary) {
      const head = await walk.data(field, limits.tagValueBytes);
      const value = formatTagValue(head, field.dataBytes);
      list.add({ system: named, key, value, offset: field.dataOffset }, field.dataBytes);
    }
    if (field.id === TAG.simple) await readSimpleTag(walk, field, system, `${key}:`, depth + 1, list);
  }
}

async function addText(
  walk: EbmlWalk,
  field: EbmlElement,
  tag: { system: string; key: string },
  list: TagList,
): Promise<void> {
  const value = decodeTagText(await walk.data(field, limits.tagValueBytes));
  list.add({ ...tag, value, offset: field.dataOffset }, field.dataBytes);
}
