import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attachment, mail, multipart, text } from '../../../../fixtures/build/formats/mail.js';
import { KEYS, klv, mxf } from '../../../../fixtures/build/formats/mxf.js';
import { packets, pes, program, programs } from '../../../../fixtures/build/formats/transport-stream.js';
import { officeOf, tarEntry, tarOf, zipOf } from '../../../../fixtures/build/formats/zip.js';
import { Asset } from '../../../../src/core/media/asset.js';
import { isNotRead } from '../../../../src/core/media/carrier.js';
import { analyze } from '../../../../src/core/pipeline/analyze.js';
import type { StoredReport } from '../../../../src/core/report/report.js';

/**
 * Files of a broadcaster's folders, none of them labelled. If everything was read, the answer is that nothing was
 * found; for all others it is unknown, with the reason. No file counts as searched that was not.
 */
const FIXTURES = resolve(import.meta.dirname, '../../../../fixtures');
const fixture = (file: string) => readFileSync(join(FIXTURES, file));
const plain = (ending: string) => fixture(`plain/plain.${ending}`);
const cut = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * 0.6));

/** Bytes of no known format. */
const RAW = Buffer.concat([Buffer.from('not a medium \0\xfe', 'latin1'), Buffer.alloc(4_000, 0x5a)]);
const RAW_MXF = klv(KEYS.encrypted, RAW);
const WORDS = Buffer.from('1\n00:00:01,000 --> 00:00:02,000\nGood evening.\n');
const VIDEO = pes(0xe0, Buffer.alloc(400, 0x5a));
const stream = (type: number, how = {}) =>
  Buffer.concat([
    programs([[1, 0x100]]),
    program(0x100, 1, [{ type, pid: 0x101 }]),
    ...Array.from({ length: 4 }, () => packets(0x101, VIDEO, how)),
  ]);
const mailOf = (name: string, type: string, bytes: Buffer) =>
  mail(multipart('mixed', 'b', [text(), attachment(name, type, bytes)]));
const ENVELOPED = Buffer.concat([Buffer.from('3082010006092a864886f70d010703', 'hex'), RAW]);
const SIGNATURE = Buffer.from('-----BEGIN PGP SIGNATURE-----\n\nabcd\n-----END PGP SIGNATURE-----\n');

const READ: Record<string, Buffer> = {
  ...Object.fromEntries(
    ['mxf', 'mts', 'mpg', 'wmv', 'dpx', 'exr', 'wav', 'mov', 'mp4', 'avi', 'mkv', 'jpg'].map((one) => [
      `whole.${one}`,
      plain(one),
    ]),
  ),
  'rushes.zip': zipOf([{ name: 'a.mxf', data: plain('mxf') }]),
  'rushes.tar': tarOf(tarEntry('a.mxf', plain('mxf')), tarEntry('notes.txt', WORDS)),
  'beside.zip': zipOf([
    { name: '__MACOSX/._a.jpg', data: Buffer.concat([Buffer.from('00051607', 'hex'), RAW]) },
    { name: 'a.jpg', data: plain('jpg') },
  ]),
  'signed.eml': mailOf('signature.asc', 'application/pgp-signature', SIGNATURE),
};

const UNREAD: Record<string, Buffer> = {
  ...Object.fromEntries(
    ['mxf', 'mpg', 'wmv', 'dpx', 'exr', 'mov', 'avi', 'mkv'].map((one) => [`cut.${one}`, cut(plain(one))]),
  ),
  'cut.ts': plain('mts').subarray(0, -100),
  'scrambled.ts': stream(0x1b, { scrambled: true }),
  'avs.ts': stream(0xd2),
  'encrypted.mxf': mxf([{ key: KEYS.header, content: RAW_MXF }]),
  'cut.zip': cut(zipOf([{ name: 'a.mxf', data: plain('mxf') }])),
  'of-cut.zip': zipOf([{ name: 'a.mxf', data: cut(plain('mxf')) }]),
  'called.zip': zipOf([{ name: 'A001.R3D', data: RAW }]),
  'text-called.tar': tarOf(tarEntry('a.mxf', WORDS)),
  'binary.zip': zipOf([{ name: 'a.bin', data: RAW }]),
  'drawing.docx': officeOf('docx', { media: [{ name: 'image1.emf', data: RAW }] }),
  'encrypted.zip': fixture('parts/zip-encrypted.zip'),
  'subtitles.srt': WORDS,
  'subtitles.ttml': Buffer.from('<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml"><body/></tt>'),
  'subtitles.stl': Buffer.concat([Buffer.from('850STL25.01'), Buffer.alloc(2_000, 0x20)]),
  'unknown.bin': RAW,
  'empty.mxf': Buffer.alloc(0),
  'segment.m4s': fixture('plain/plain-stream-1.m4s'),
  'old.rm': Buffer.concat([Buffer.from('.RMF'), RAW]),
  'rushes.7z': fixture('formats/unread-7z.7z'),
  'smime.eml': mailOf('smime.p7m', 'application/pkcs7-mime', RAW),
  'enveloped.eml': mailOf('a.mxf.p7m', 'application/octet-stream', ENVELOPED),
  'raw.eml': mailOf('a.r3d', 'application/octet-stream', RAW),
  'binary.eml': mailOf('a.bin', 'application/octet-stream', RAW),
};

async function reportOn([name, bytes]: [string, Buffer]): Promise<StoredReport> {
  const options = { name, asOf: '2026-11-29', engine: 'native' as const };
  return analyze(await Asset.fromBytes(bytes), options, { inFull: [], jurisdictions: [] });
}

describe("a broadcaster's tree", () => {
  it.each(Object.entries(READ))('%s was read whole, and holds nothing', async (...file) => {
    const { summary, reads, parts = [] } = await reportOn(file);
    expect([summary.origin, summary.coverage.state]).toEqual(['none', 'complete']);
    expect(
      Object.entries(reads).filter(([carrier, read]) => carrier !== 'streams' && isNotRead(read)),
    ).toEqual([]);
    for (const { kind, code, outcome } of parts.filter((one) => one.kind !== 'primary'))
      expect({ kind, code, coverage: outcome?.coverage }).toEqual({ kind, coverage: 'complete' });
  });

  it.each(Object.entries(UNREAD))('%s is unknown, with the reason', async (...file) => {
    const { summary } = await reportOn(file);
    expect(summary.origin).toBe('unknown');
    expect(summary.coverage.state).not.toBe('complete');
    // Each has a code, which every language has text for.
    expect(summary.coverage.unread.map(({ code }) => code ?? '')).toEqual(
      summary.coverage.unread.map(() => expect.stringMatching(/^[a-z0-9]+\.\w/i)),
    );
    expect(summary.coverage.unread.length).toBeGreaterThan(0);
  });
});
