import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Entry,
  epubOf,
  officeOf,
  openDocumentOf,
  paxRecord,
  tarEntry,
  tarOf,
  zipOf,
} from '../../../../fixtures/build/formats/zip.js';
import { limits } from '../../../../src/base/limits.js';
import { Asset } from '../../../../src/core/media/asset.js';
import { foundValue } from '../../../../src/core/media/carrier.js';
import { observe } from '../../../../src/core/pipeline/analyze.js';
import { summarizePart } from '../../../../src/core/pipeline/parts-inside.js';
import { documentPropertiesReader } from '../../../../src/core/readers/carriers/document-properties.js';
import { partsReader } from '../../../../src/core/readers/carriers/parts.js';
import { parseXml } from '../../../../src/core/readers/xmp/xml-tree.js';
import type { Observation } from '../../../../src/core/report/report.js';
import { message } from '../../../../src/i18n/message.js';
import { translatorFor } from '../../../../src/i18n/translator.js';
import { inEnglish } from '../../../i18n/english.js';

/** Archives and documents that are archives: every medium in them is found, and unavailable ones are reported. */
const FIXTURES = resolve(import.meta.dirname, '../../../../fixtures');
const media = (file: string) => readFileSync(join(FIXTURES, file));
const SIGNED = 'c2pa/jpeg-c2pa-trained.jpg';
const LABELLED = 'labels/webp-gb45438-xmp.webp';
const PLAIN = 'plain/plain.png';
const labelled = (name: string): Entry => ({ name, data: media(LABELLED), deflate: true });

type Report = Observation['report'];

async function reportOf(content: Buffer): Promise<Report> {
  return (await observe(await Asset.fromBytes(content), { asOf: '2026-11-29', engine: 'auto' })).report;
}

/** Returns name → origin, or the code that says why the part was not inspected. Parts of parts are named by both paths. */
function told({ parts = [] }: Report): Record<string, string> {
  const names = parts.map(({ name = '' }) => name);
  return Object.fromEntries(
    parts.flatMap(({ kind, code, outcome, within }, at) =>
      kind === 'primary'
        ? []
        : [[`${within === undefined ? '' : `${names[within]}!`}${names[at]}`, code ?? outcome?.origin ?? '']],
    ),
  );
}

const notesOf = (report: Report) =>
  (report.reads.parts.messages?.note ?? []).map((note) => translatorFor('en').translate(note as never));

describe('media in archives and documents', () => {
  const MADE = 'ai-generated';
  it.each<[file: string, expected: Record<string, string>]>([
    ['docx-signed-picture.docx', { 'image1.jpeg': MADE }],
    ['docx-plain-picture.docx', { 'image1.png': 'none' }],
    ['docx-linked-outside.docx', {}],
    ['docx-sheet-in-it.docx', { 'sheet1.xlsx': 'none', 'sheet1.xlsx!image1.webp': MADE }],
    ['pptx-signed-video.pptx', { 'media1.mp4': MADE, 'image1.png': 'none' }],
    ['pptx-labelled-sound.pptx', { 'media1.mp3': MADE }],
    ['xlsx-labelled-picture.xlsx', { 'image1.png': MADE }],
    ['odt-signed-picture.odt', { '1000.jpg': MADE }],
    ['odp-labelled-video.odp', { '1.mp4': MADE }],
    ['odt-encrypted-picture.odt', { '1000.jpg': 'part.encrypted' }],
    ['epub-signed-cover.epub', { 'cover.jpg': MADE }],
    ['epub-plain-picture.epub', { 'a.png': 'none' }],
    ['zip-media.zip', { 'signed.jpg': MADE, 'labelled.webp': MADE, 'plain.png': 'none' }],
    ['zip-in-zip.zip', { 'inner.zip': 'none', 'inner.zip!signed.jpg': MADE }],
    ['zip-encrypted.zip', { 'secret.jpg': 'part.encrypted', 'labelled.webp': MADE }],
    ['tar-media.tar', { 'signed.jpg': MADE, 'labelled.webp': MADE, 'plain.png': 'none' }],
    ['tar-long-names.tar', { 'gnu.webp': MADE, 'pax.png': 'none' }],
  ])('%s', async (file, expected) => {
    const report = await reportOf(media(`parts/${file}`));
    expect(told(report)).toEqual(expected);
    const missed = Object.values(expected).some((one) => one.startsWith('part.'));
    expect(report.summary.origin).toBe(missed ? 'unknown' : 'none');
    expect(report.summary.coverage.state).toBe(missed ? 'partial' : 'complete');
  });

  it.each([
    ['parts/zip-media.zip', { 'signed.jpg': SIGNED, 'labelled.webp': LABELLED, 'plain.png': PLAIN }],
    ['parts/tar-media.tar', { 'signed.jpg': SIGNED, 'labelled.webp': LABELLED, 'plain.png': PLAIN }],
    ['parts/pptx-signed-video.pptx', { 'media1.mp4': 'c2pa/mp4-c2pa-trained.mp4', 'image1.png': PLAIN }],
    ['parts/pptx-labelled-sound.pptx', { 'media1.mp3': 'labels/mp3-gb45438.mp3' }],
    ['parts/epub-signed-cover.epub', { 'cover.jpg': SIGNED }],
  ] as [string, Record<string, string>][])('%s: the same as each cut out and alone', async (file, alone) => {
    const { parts = [] } = await reportOf(media(file));
    for (const [name, own] of Object.entries(alone)) {
      const part = parts.find((one) => one.name === name);
      const other = await observe(await Asset.fromBytes(media(own)), { asOf: '2026-11-29', engine: 'auto' });
      expect(part?.sha256).toBe(other.report.asset.sha256);
      expect(part?.outcome).toEqual(summarizePart(other));
    }
  });

  it('that are stored are runs of the file, and none is unpacked for it', async () => {
    for (const file of ['parts/zip-media.zip', 'parts/tar-media.tar']) {
      const content = media(file);
      const read = await partsReader.read(await Asset.fromBytes(content), { engine: 'wasm' });
      const signed = foundValue(read)?.find(({ name }) => name === 'signed.jpg');
      expect(signed?.unpack).toBeUndefined();
      const { offset = 0, bytes = 0 } = signed ?? {};
      expect(content.subarray(offset, offset + bytes).equals(media(SIGNED))).toBe(true);
    }
  });

  it('are called by the last of their path, and placed by all of it, however it is written', async () => {
    const long = `${'a/'.repeat(400)}end.webp`;
    const names = ['../up.webp', '/etc/root.webp', 'C:\\Users\\x\\win.webp', long, '..'];
    const report = await reportOf(zipOf(names.map((name) => labelled(name))));
    expect(report.parts?.slice(1).map(({ name, locator }) => [name, locator.length])).toEqual([
      ['up.webp', 10],
      ['root.webp', 14],
      ['win.webp', expect.any(Number)],
      ['end.webp', limits.partNameCharacters],
      ['..', 2],
    ]);
  });
});

describe('a document that states AI itself', () => {
  it.each([
    ['docx', 'docProps/custom.xml AIGC'],
    ['pptx', 'docProps/custom.xml AIGC'],
    ['xlsx', 'docProps/custom.xml AIGC'],
    ['odt', 'meta.xml AIGC'],
    ['epub', 'OEBPS/content.opf AIGC'],
  ])('%s', async (kind, locator) => {
    const { summary, signals } = await reportOf(media(`labels/${kind}-gb45438.${kind}`));
    expect(summary).toMatchObject({ origin: 'ai-generated', backing: 'unsigned' });
    const label = signals.find(({ id }) => id === 'gb45438.label.generated');
    expect(label?.basis).toEqual([{ carrier: 'documentProperties', locator }]);
  });

  it('names its authors only where that is asked for', async () => {
    for (const file of ['docx-gb45438.docx', 'odt-gb45438.odt', 'epub-gb45438.epub']) {
      const content = media(`labels/${file}`);
      const masked = await reportOf(content);
      expect(masked.signals.map(({ id }) => id)).toContain('camera.names');
      expect(JSON.stringify(masked)).not.toContain('Mustermann');
      const asset = await Asset.fromBytes(content);
      const options = { asOf: '2026-11-29', engine: 'auto', reveal: ['names'], evidence: true } as const;
      const shown = await observe(asset, options);
      expect(JSON.stringify(shown.report)).toContain('Erika Mustermann');
      const { evidence } = await observe(asset, { ...options, reveal: [] });
      expect(JSON.stringify(evidence)).not.toContain('Mustermann');
    }
  });

  it('gives each property under its usual name, whatever prefix the file has for it', async () => {
    const asset = await Asset.fromBytes(
      officeOf('docx', {
        core: { 'x:creator': 'A', lastModifiedBy: 'B' },
        app: { Application: 'A program', HeadingPairs: '' },
        custom: { Länge: '3 < 4' },
      }),
    );
    const tags = foundValue(await documentPropertiesReader.read(asset, { engine: 'wasm' }));
    expect(tags?.map(({ system, key, value }) => [system, key, value])).toEqual([
      ['docProps/custom.xml', 'Länge', '3 < 4'],
      ['docProps/core.xml', 'dc:creator', 'A'],
      ['docProps/core.xml', 'cp:lastModifiedBy', 'B'],
      ['docProps/app.xml', 'Application', 'A program'],
    ]);
  });

  it('in properties that break off is read up to there, and that is told', async () => {
    const label =
      '{&quot;Label&quot;:&quot;1&quot;,&quot;ContentProducer&quot;:&quot;a&quot;,&quot;ProduceID&quot;:&quot;b&quot;}';
    const broken = `<Properties><property name="AIGC"><lpwstr>${label}</lpwstr></property><property`;
    const report = await reportOf(zipOf([{ name: 'docProps/custom.xml', data: broken }]));
    expect(report.summary.origin).toBe('ai-generated');
    expect(report.reads.documentProperties).toMatchObject({ status: 'malformed', code: 'document.markup' });
  });

  it('in an encrypted document is not passed for absent', async () => {
    const { reads, summary } = await reportOf(openDocumentOf('text', { encrypted: ['meta.xml'] }));
    expect(reads.documentProperties).toMatchObject({ status: 'failed', code: 'part.encrypted' });
    expect(summary.origin).toBe('unknown');
  });
});

describe('what a document shows from elsewhere', () => {
  it('is counted and named, and no link for a reader is', async () => {
    expect(notesOf(await reportOf(media('parts/docx-linked-outside.docx')))).toEqual([
      inEnglish('note.linkedOutside', {
        count: 2,
        hosts: [
          message('note.host', { host: 'pictures.example' }),
          message('note.host', { host: 'videos.example:8443' }),
        ],
      }),
    ]);
    for (const file of ['parts/odp-labelled-video.odp', 'parts/epub-signed-cover.epub'])
      expect(notesOf(await reportOf(media(file)))).toEqual([
        inEnglish('note.linkedOutside', {
          count: 1,
          hosts: [message('note.host', { host: 'pictures.example' })],
        }),
      ]);
  });

  it('has its host alone named, short, in quotes, and no account', async () => {
    const hosts = Array.from({ length: 9 }, (_, at) => `https://name:secret@${at}${'x'.repeat(200)}/`);
    const [note = ''] = notesOf(
      await reportOf(officeOf('docx', { links: hosts.map((one) => ['image', one]) })),
    );
    expect(note).toMatch(/^The document shows 9 files .*…”\); nothing was fetched\.$/);
    expect(note).not.toContain('secret');
    expect(note.match(/“/g)).toHaveLength(limits.outsideHosts);
  });
});

describe('Content Credentials of a document itself', () => {
  it('are said not to be read where they stand, and to be absent where none do', async () => {
    const { reads, contentCredentials, parts } = await reportOf(media('formats/docx-store.docx'));
    expect(reads.c2pa).toMatchObject({ status: 'unsupported', code: 'carrier.notRead' });
    expect(contentCredentials.presence).toBe('unsupported');
    expect(parts).toBeUndefined();
    expect((await reportOf(media('formats/docx-bare.docx'))).reads.c2pa).toEqual({ status: 'absent' });
  });
});

describe('a ZIP that lies', () => {
  it.each<[what: string, content: () => Buffer, expected: Record<string, string>]>([
    [
      'grows beyond any picture',
      () => media('hostile/zip-bomb.zip'),
      { 'bomb.png': 'bound.partRatio', 'a.webp': 'ai-generated' },
    ],
    [
      'in its sizes',
      () => media('hostile/zip-sizes-lie.zip'),
      {
        'smaller.jpg': 'part.damaged',
        'larger.jpg': 'part.damaged',
        'stored.jpg': 'part.damaged',
        'a.webp': 'ai-generated',
      },
    ],
    ['in a checksum', () => zipOf([{ ...labelled('a.webp'), crc: 1 }]), { 'a.webp': 'part.damaged' }],
    [
      'about where a member stands',
      () => zipOf([{ ...labelled('a.webp'), headerAt: 7 }, labelled('b.webp')]),
      { 'a.webp': 'part.damaged', 'b.webp': 'ai-generated' },
    ],
    [
      'about how a member is packed',
      () => zipOf([{ ...labelled('a.webp'), method: 12 }, labelled('b.webp')]),
      { 'a.webp': 'part.packing', 'b.webp': 'ai-generated' },
    ],
    [
      'about what is no deflate',
      () => zipOf([{ name: 'a.webp', data: media(LABELLED), method: 8 }, labelled('b.webp')]),
      { 'a.webp': 'part.damaged', 'b.webp': 'ai-generated' },
    ],
    [
      'about a folder, which has bytes',
      () => zipOf([labelled('folder/'), { name: 'empty/', data: '' }]),
      { folder: 'ai-generated' },
    ],
    [
      'about a size that is past the bound',
      () => zipOf([{ ...labelled('a.webp'), bytes: limits.unpackedPartBytes + 1 }]),
      { 'a.webp': 'bound.unpackedPart' },
    ],
  ])('%s', async (_what, content, expected) => {
    const report = await reportOf(content());
    expect(told(report)).toEqual(expected);
    const missed = Object.values(expected).some((one) => one.includes('.'));
    expect(report.summary.coverage.state).toBe(missed ? 'partial' : 'complete');
  });

  it.each<[what: string, content: () => Buffer, code: string]>([
    [
      'less members than it has',
      () => zipOf([labelled('a.webp'), labelled('b.webp')], { count: 1 }),
      'zip.directory',
    ],
    ['more members than it has', () => zipOf([labelled('a.webp')], { count: 2 }), 'zip.directory'],
    ['none of those it has', () => zipOf([{ ...labelled('a.webp'), unlisted: true }]), 'zip.unlisted'],
    ['all but one', () => media('hostile/zip-unlisted.zip'), 'zip.unlisted'],
    ['nothing, being cut off', () => zipOf([labelled('a.webp')]).subarray(0, 900), 'zip.noDirectory'],
    [
      'all, with bytes behind its end',
      () => zipOf([labelled('a.webp')], { behind: Buffer.alloc(9, 'x') }),
      'zip.noDirectory',
    ],
  ])('lists %s', async (_what, content, code) => {
    const { reads, summary } = await reportOf(content());
    for (const carrier of ['parts', 'c2pa', 'documentProperties'] as const)
      expect(reads[carrier]).toMatchObject({ status: 'malformed', code });
    expect(summary.origin).toBe('unknown');
  });

  it('says how many files of no kind that is known stand in it, beside what it says of others', async () => {
    const raw = Buffer.alloc(100);
    const one = await reportOf(
      zipOf([{ name: 'a.bin', data: raw }, labelled('b.webp'), { name: 'c', data: 'words' }]),
    );
    expect(one.reads.parts).toMatchObject({ status: 'found', code: 'parts.ofNoKind', params: { count: 1 } });
    expect(told(one)).toEqual({ 'b.webp': 'ai-generated' });
    const both = await reportOf(
      zipOf([
        { name: 'a.bin', data: raw },
        { name: 'b.mxf', data: raw },
      ]),
    );
    expect(both.reads.parts).toMatchObject({ code: 'parts.notLookedInto' });
    expect(notesOf(both)).toEqual([inEnglish('fault.parts.ofNoKind', { count: 1 })]);
  });

  it('loses nothing that was listed before its directory broke off', async () => {
    expect(told(await reportOf(zipOf([labelled('a.webp')], { count: 2 })))).toEqual({
      'a.webp': 'ai-generated',
    });
  });

  it('names the same member a thousand times, which is read once, and says so', async () => {
    const many = Array.from({ length: 1_000 }, (_, at) => ({ ...labelled(`${at}.webp`), sameAs: at > 0 }));
    const report = await reportOf(zipOf(many));
    const codes = report.parts?.slice(1).map(({ code }) => code) ?? [];
    expect(codes.slice(0, limits.analyzedParts).every((code) => code === undefined)).toBe(true);
    expect(codes.slice(limits.analyzedParts).every((code) => code === 'bound.partsLookedInto')).toBe(true);
    expect(notesOf(report)).toEqual([inEnglish('note.zipOverlap', { count: 999 })]);
    expect(report.summary.origin).toBe('unknown');
  });

  it('has so many members that those with names of media come first', async () => {
    const texts = Array.from({ length: limits.parts }, (_, at) => ({ name: `${at}.txt`, data: `${at}` }));
    const report = await reportOf(zipOf([...texts, labelled('last.webp')]));
    expect(told(report)).toEqual({ 'last.webp': 'ai-generated' });
    expect(report.reads.parts).toMatchObject({ status: 'failed', code: 'bound.parts' });
  });

  it('holds what is too large and no medium, which is not named', async () => {
    const text = {
      name: 'a.bin',
      data: 'Text. '.repeat(900),
      deflate: true,
      bytes: limits.unpackedPartBytes + 1,
    };
    const report = await reportOf(zipOf([text, labelled('a.webp')]));
    expect(told(report)).toEqual({ 'a.webp': 'ai-generated' });
    expect(report.summary.coverage.state).toBe('complete');
  });

  it('is a ZIP in a ZIP six deep: the last that was reached says why no more was', async () => {
    const report = await reportOf(media('hostile/zip-nested.zip'));
    expect(report.parts?.at(-1)).toMatchObject({ name: '2.zip', code: 'bound.partDepth' });
    expect(report.summary.origin).toBe('unknown');
  });
});

describe('members that their format encrypts', () => {
  it('are told as encrypted in an EPUB, and fonts that are only obfuscated are none', async () => {
    const data = (uri: string, algorithm: string) =>
      `<enc:EncryptedData><enc:EncryptionMethod Algorithm="${algorithm}"/><enc:CipherData><enc:CipherReference URI="${uri}"/></enc:CipherData></enc:EncryptedData>`;
    const encryption = `<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#">${data(
      'OEBPS/a%20b.jpg',
      'http://www.w3.org/2001/04/xmlenc#aes128-cbc',
    )}${data('OEBPS/font.otf', 'http://www.idpf.org/2008/embedding')}</encryption>`;
    const report = await reportOf(
      epubOf({
        media: [
          { name: 'OEBPS/a b.jpg', data: Buffer.alloc(64, 'x') },
          { name: 'OEBPS/font.otf', data: Buffer.alloc(64, 'y') },
        ],
        more: [{ name: 'META-INF/encryption.xml', data: encryption }],
      }),
    );
    expect(told(report)).toEqual({ 'a b.jpg': 'part.encrypted' });
  });
});

describe('a tar', () => {
  const picture = media(LABELLED);

  it('has members whose bytes are not all there', async () => {
    const report = await reportOf(
      tarOf(
        tarEntry('sparse.webp', picture, { type: 'S' }),
        tarEntry('x', paxRecord('GNU.sparse.major', '1'), { type: 'x' }),
        tarEntry('holes.webp', picture),
        tarEntry('link.webp', '', { type: '1', link: 'elsewhere.webp' }),
        tarEntry('soft.webp', '', { type: '2', link: 'elsewhere.webp' }),
        tarEntry('a.webp', picture),
        tarEntry('same.webp', '', { type: '1', link: 'a.webp' }),
      ),
    );
    expect(told(report)).toEqual({
      'sparse.webp': 'part.packing',
      'holes.webp': 'part.packing',
      'link.webp': 'part.packing',
      'a.webp': 'ai-generated',
    });
  });

  it('may have another behind its end', async () => {
    const two = Buffer.concat([tarOf(tarEntry('a.webp', picture)), tarOf(tarEntry('b.webp', picture))]);
    expect(told(await reportOf(two))).toEqual({ 'a.webp': 'ai-generated', 'b.webp': 'ai-generated' });
  });

  it('that is damaged loses nothing that was read before, and says so', async () => {
    const cut = await reportOf(media('hostile/tar-cut.tar'));
    expect(cut.reads.parts).toMatchObject({ status: 'malformed', code: 'tar.truncated' });
    expect(told(cut)).toMatchObject({ 'a.webp': 'ai-generated' });
    const damaged = await reportOf(
      Buffer.concat([tarEntry('a.webp', picture), Buffer.alloc(512, 'x'), Buffer.alloc(1_024)]),
    );
    expect(damaged.reads.parts).toMatchObject({ status: 'malformed', code: 'tar.header' });
    expect(told(damaged)).toEqual({ 'a.webp': 'ai-generated' });
    expect(damaged.summary.origin).toBe('unknown');
  });

  it('that states a size past every file ends there', async () => {
    const { reads } = await reportOf(tarOf(tarEntry('a.webp', picture, { bytes: 0o77777777777 })));
    expect(reads.parts).toMatchObject({ status: 'malformed', code: 'tar.truncated' });
  });
});

describe('XML of documents', () => {
  const texts = (xml: string | Buffer) => {
    const { elements, broken } = parseXml(Buffer.from(xml));
    return [elements.map(({ name, text }) => `${name}=${text}`).join(' '), broken];
  };

  it.each<[xml: string | Buffer, elements: string, broken?: 'markup' | 'bound']>([
    ['<a><b x="1">t&amp;&#x41;&#66;</b><c/></a>', 'b=t&AB c= a='],
    ['<?xml version="1.0"?><!-- <no/> --><a><![CDATA[<b>&amp;]]></a>', 'a=<b>&amp;'],
    [Buffer.from('\ufeff<a>ä</a>', 'utf16le'), 'a=ä'],
    ['<a>1<b>2</b>3</a>', 'b=2 a=13'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', '', 'markup'],
    ['<a>&x;</a>', 'a=&x;'],
    ['<a><b>1</b><c>', 'b=1', 'markup'],
    ['<a><b>1</a></b>', '', 'markup'],
    ['no markup', '', 'markup'],
    ['<a>'.repeat(limits.xmpDepth + 2), '', 'bound'],
    [`<a ${'x="1" '.repeat(300)}/>`, '', 'markup'],
  ])('%s', (xml, elements, broken) => expect(texts(xml)).toEqual([elements, broken]));
});

describe('what leads to the parts of a document', () => {
  const broken = (name: string): Entry => ({ name, data: '<a><b', deflate: true });
  it.each<[what: string, content: () => Buffer, carriers: ('parts' | 'documentProperties')[]]>([
    ['links of a document', () => officeOf('docx', { media: [broken('_rels/a.rels')] }), ['parts']],
    ['encryption of an e-book', () => epubOf({ more: [broken('META-INF/encryption.xml')] }), ['parts']],
    [
      'what is encrypted in a text',
      () =>
        zipOf([
          { name: 'mimetype', data: 'application/vnd.oasis.opendocument.text' },
          broken('META-INF/manifest.xml'),
        ]),
      ['parts', 'documentProperties'],
    ],
    [
      'the package of an e-book',
      () => zipOf([{ name: 'mimetype', data: 'application/epub+zip' }, broken('META-INF/container.xml')]),
      ['parts', 'documentProperties'],
    ],
  ])('is a fault where it cannot be read: %s', async (_what, content, carriers) => {
    const { reads, summary } = await reportOf(content());
    for (const carrier of carriers)
      expect(reads[carrier], carrier).toMatchObject({ status: 'malformed', code: 'document.markup' });
    expect(summary.origin).toBe('unknown');
  });
});
