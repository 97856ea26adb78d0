import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import type { Evidence } from '../../../src/core/evidence/evidence.js';
import { Asset } from '../../../src/core/media/asset.js';
import { isNotRead, NOT_MISSED_CODES } from '../../../src/core/media/carrier.js';
import { MEDIA_TYPES, mimeByExtension } from '../../../src/core/media/media-types.js';
import { UNREAD_TYPES } from '../../../src/core/media/unread-types.js';
import { readAll } from '../../../src/core/readers/read-all.js';
import { listFormats } from '../../../src/core/readers/report-formats.js';
import { LANGUAGES } from '../../../src/i18n/languages.js';
import { translatorFor } from '../../../src/i18n/translator.js';

/** Formats that are recognized and not read: identified by their bytes, and never reported as searched. */
const FOLDER = resolve(import.meta.dirname, '../../../fixtures/formats');
const files = readdirSync(FOLDER).filter((name) => name.startsWith('unread-') && !name.endsWith('.json'));

async function opened<T>(path: string, use: (asset: Asset) => Promise<T> | T): Promise<T> {
  const asset = await Asset.open(path);
  try {
    return await use(asset);
  } finally {
    await asset.close();
  }
}

const EXPECTED: Readonly<Record<string, [format: string, kind: string]>> = {
  'unread-7z.7z': ['7z', 'other'],
  'unread-bz2.bz2': ['bzip2', 'other'],
  'unread-compound.cfb': ['OLE compound', 'document'],
  'unread-rar.rar': ['RAR', 'other'],
  'unread-store.c2pa': ['C2PA manifest store', 'other'],
  'unread-tar-gz.tgz': ['gzip', 'other'],
  'unread-xz.xz': ['xz', 'other'],
  'unread-zst.zst': ['Zstandard', 'other'],
};

describe('a format that is named and not read', () => {
  it('has a fixture for each that is expected, and none besides', () => {
    expect(files.sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.entries(EXPECTED))('%s is told by its bytes', async (name, [format, kind]) => {
    const { mediaType } = await opened(join(FOLDER, name), (asset) => asset);
    expect(mediaType).toMatchObject({ format, kind, container: 'unread' });
  });

  it.each(files.map((name) => [name]))('%s: nothing in it counts as searched', async (name) => {
    const evidence: Evidence = await opened(join(FOLDER, name), (asset) =>
      readAll(asset, { engine: 'auto' }),
    );
    const reads = Object.values(evidence);
    expect(reads.every(({ status }) => status === 'unsupported')).toBe(true);
    expect(reads.some(isNotRead)).toBe(true);
    for (const read of reads)
      if (!isNotRead(read) && 'code' in read) expect([...NOT_MISSED_CODES]).toContain(read.code);
  });

  it('has a media type of its own, and one that its name’s ending leads to', () => {
    const types = Object.values(MEDIA_TYPES).map(({ mime }) => mime);
    expect(new Set(types).size).toBe(types.length);
    expect(mimeByExtension('a.rar')).toBe(UNREAD_TYPES.rar.mime);
    expect(mimeByExtension('program.ts')).toBeUndefined();
  });

  it('stands in the list of formats as not read', () => {
    const listed = listFormats().find(({ format }) => format === '7z');
    expect(listed).toMatchObject({ mediaType: 'application/x-7z-compressed', read: false, endings: ['7z'] });
    expect(listFormats().find(({ format }) => format === 'JPEG')?.read).toBe(true);
  });
});

describe('text that is told by its form', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-unread-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const formatOf = async (text: string) => {
    const path = join(folder, 'a');
    writeFileSync(path, text);
    return opened(path, ({ mediaType }) => mediaType.format);
  };

  it.each([
    ['a note with one field', 'Subject: pictures\n\nHello\n'],
    ['a web answer’s head', 'Date: Wed, 25 Nov 2026 09:00:00 GMT\nContent-Type: text/html\nServer: x\n\n'],
    ['a script', 'from: x\nto: y\nname: z\n'],
    ['RDF of another vocabulary', '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'],
    ['plain words', 'From here to there, nothing is a mail.\n'],
  ])('%s is no mail and no XMP', async (_name, text) => {
    expect(await formatOf(text)).toBe('text');
  });

  const UTF16 = Buffer.from('\ufeffname\tvalue\r\n', 'utf16le');
  it.each([
    ['a table', Buffer.from('name,age\nAnn,3\n')],
    ['Chinese', Buffer.from('你好，这是文本。\n')],
    ['UTF-16', UTF16],
    ['a character that the first bytes cut', Buffer.from(`${'a'.repeat(limits.sniffBytes - 1)}你`)],
  ])('%s is text, and may still be of any kind', async (_name, bytes) => {
    const { mediaType } = await Asset.fromBytes(bytes);
    expect(mediaType).toMatchObject({ format: 'text', mime: 'application/octet-stream', container: 'other' });
    const evidence = await readAll(await Asset.fromBytes(bytes), { engine: 'auto' });
    expect(Object.values(evidence).filter((read) => !isNotRead(read))).toEqual([]);
    expect(evidence.xmp).toMatchObject({ code: 'carrier.notRead', params: { what: 'text' } });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a zero byte', Buffer.from('text\0')],
    ['an escape', Buffer.from('\u001b[2J')],
    ['another encoding', Buffer.from('e9e8e0', 'hex')],
    ['a character cut at the end', Buffer.from('你').subarray(0, 2)],
  ])('%s is not recognised as text', async (_name, bytes) => {
    expect((await Asset.fromBytes(bytes)).mediaType.format).toBe('unrecognised');
  });

  it('a mailbox is a mail', async () => {
    const mail =
      'From someone@example.org Wed Nov 25 09:00:00 2026\nReceived: by x\nFrom: a\nTo: b\n\nHello\n';
    expect(await formatOf(mail)).toBe('E-mail (EML)');
  });

  it('XMP without its wrapper is XMP', async () => {
    expect(await formatOf('<?xml version="1.0"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>')).toBe(
      'XMP sidecar',
    );
  });
});

describe('the sentence of a format that is not read', () => {
  it.each(LANGUAGES)('says in %s what stands there, never that nothing was found', (language) => {
    const asides = ['other', 'holdsFiles', 'packed', 'segment', 'credentials'] as const;
    const all = asides.map((aside) =>
      translatorFor(language).translate({ id: `sentence.formatNotRead.${aside}`, params: { format: 'MXF' } }),
    );
    expect(new Set(all).size).toBe(asides.length);
    for (const one of all) expect(one).not.toMatch(/was found|未发现/);
    expect(all[0]).toContain('MXF');
    // A user who has only the credentials file learns that it belongs to a media file.
    expect(all[4]).toMatch(/both together|一并提供/);
  });
});
