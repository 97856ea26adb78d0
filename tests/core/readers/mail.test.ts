import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compoundFile, outlookMail } from '../../../fixtures/build/formats/compound-file.js';
import {
  ADDRESSES,
  attachment,
  BODY,
  mail,
  multipart,
  SUBJECT,
  text,
} from '../../../fixtures/build/formats/mail.js';
import { limits } from '../../../src/base/limits.js';
import { Asset } from '../../../src/core/media/asset.js';
import { analyze } from '../../../src/core/pipeline/analyze.js';
import { partsReader } from '../../../src/core/readers/carriers/parts.js';
import { unpackRtf } from '../../../src/core/readers/containers/compressed-rtf.js';
import type { StoredReport } from '../../../src/core/report/report.js';

/** Attachments of mails are found and extracted byte for byte; nothing is reported of the mail's addresses and text. */
const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');
const path = (file: string) => resolve(FIXTURES, file);
const digest = (file: string) =>
  createHash('sha256')
    .update(readFileSync(path(file)))
    .digest('hex');
const SIGNED = digest('c2pa/jpeg-c2pa-intact.jpg');
const LABELLED = digest('labels/jpeg-iptc-trained.jpg');

/** Compresses without back-references: eight literal bytes after each byte of flags. */
const literally = (bytes: Buffer): Buffer =>
  Buffer.concat(
    Array.from({ length: Math.ceil(bytes.length / 8) }, (_, at) => [
      Buffer.from([0]),
      bytes.subarray(at * 8, at * 8 + 8),
    ]).flat(),
  );

async function reportOf(opening: Promise<Asset>): Promise<StoredReport> {
  const asset = await opening;
  try {
    return await analyze(
      asset,
      { name: 'mail', asOf: '2026-11-25', engine: 'auto' },
      { inFull: [], jurisdictions: [] },
    );
  } finally {
    await asset.close();
  }
}

const reportOn = (file: string) => reportOf(Asset.open(path(file)));
const told = ({ parts = [] }: StoredReport) =>
  parts
    .slice(1)
    .map(({ kind, name = '', sha256, code, outcome }) => [kind, name, code ?? outcome?.origin ?? '', sha256]);

describe('an e-mail', () => {
  it('gives its pictures as they were attached', async () => {
    const report = await reportOn('parts/eml-pictures.eml');
    expect(told(report)).toEqual([
      ['embedded-picture', 'signed.jpg', 'other', SIGNED],
      ['embedded-picture', 'made.jpg', 'ai-generated', LABELLED],
      ['embedded-picture', 'plain.jpg', 'none', expect.stringMatching(/^[0-9a-f]{64}$/)],
    ]);
    expect(report.parts?.map(({ locator: place }) => place)).toEqual([
      'E-mail (EML)',
      'MIME part 2 (image/jpeg)',
      'MIME part 3 (image/jpeg)',
      'MIME part 4 (image/jpeg)',
    ]);
    expect(report.parts?.[1]?.outcome).toMatchObject({ presence: 'present', integrity: 'intact' });
    expect(report.summary.origin).toBe('none');
    expect(report.summary.headline).toMatchObject({ id: 'headline.holdsAi', params: { count: 3, ai: 1 } });
  });

  it('gives what stands beside its page, in links of the page, and under a name in another script', async () => {
    expect(told(await reportOn('parts/eml-inline.eml'))).toEqual([
      ['embedded-picture', '', 'ai-generated', digest('labels/png-a1111.png')],
      ['embedded-picture', '图片.jpg', 'other', SIGNED],
      ['embedded-sound', 'sound.mp3', 'none', digest('plain/plain.mp3')],
      ['embedded-video', 'video.mp4', 'none', digest('plain/plain.mp4')],
    ]);
  });

  it('keeps a signature whole in every encoding', async () => {
    const report = await reportOn('parts/eml-encodings.eml');
    expect(told(report).map(([, , , sha256]) => sha256)).toEqual([SIGNED, SIGNED, SIGNED]);
    expect(report.parts?.slice(1).map(({ outcome }) => outcome?.integrity)).toEqual([
      'intact',
      'intact',
      'intact',
    ]);
  });

  it('is looked into where it was forwarded, and does not tell its name, which is its subject', async () => {
    const report = await reportOn('parts/eml-forwarded.eml');
    expect(report.parts?.slice(1).map(({ mediaType, name, within }) => [mediaType, name, within])).toEqual([
      ['message/rfc822', undefined, undefined],
      ['image/jpeg', 'made.jpg', 1],
    ]);
  });

  it('is one of several in a mailbox', async () => {
    expect(told(await reportOn('parts/eml-mailbox.eml'))).toEqual([
      ['attachment', '', 'none', expect.any(String)],
      ['attachment', '', 'none', expect.any(String)],
      ['embedded-picture', 'made.jpg', 'ai-generated', LABELLED],
    ]);
  });

  it.each([
    [
      'parts/eml-closed.eml',
      ['part.packing', 'part.encrypted', 'part.packing', 'part.damaged', 'part.lineEnds'],
    ],
    ['parts/eml-encrypted.eml', ['part.encrypted']],
  ])('says what it cannot open: %s', async (file, codes) => {
    const report = await reportOn(file);
    expect(told(report).map(([, , code]) => code)).toEqual(codes);
    expect(report.summary).toMatchObject({ origin: 'unknown', coverage: { state: 'partial' } });
  });

  it('of text alone holds nothing', async () => {
    const report = await reportOn('parts/eml-text.eml');
    expect(report.reads.parts.status).toBe('absent');
    expect(report.summary).toMatchObject({ origin: 'none', coverage: { state: 'complete' } });
  });

  it('says that an encrypted file could not be had, also under the type of what goes with an encrypted mail', async () => {
    const file = attachment('made.jpg.pgp', 'application/pgp-encrypted', Buffer.alloc(300, 0x85));
    const report = await reportOf(Asset.fromBytes(mail(multipart('mixed', 'a', [text(), file]))));
    expect(told(report)).toEqual([['attachment', 'made.jpg.pgp', 'part.encrypted', undefined]]);
    expect(report.summary.origin).toBe('unknown');
  });

  it('with one broken part loses none of the others', async () => {
    const report = await reportOn('hostile/eml-cut.eml');
    expect(report.reads.parts).toMatchObject({ status: 'malformed', code: 'mail.cutOff' });
    expect(told(report)[0]).toEqual(['embedded-picture', 'signed.jpg', 'other', SIGNED]);
    expect(report.summary.origin).toBe('unknown');
  });

  it('whose boundary never comes is said to be unread', async () => {
    const report = await reportOn('hostile/eml-no-boundary.eml');
    expect(report.reads.parts).toMatchObject({ status: 'malformed', code: 'mail.boundaries' });
    expect(report.summary.origin).toBe('unknown');
  });

  it('nested 50 deep is looked into as far as parts are, and the rest is said', async () => {
    const report = await reportOn('hostile/eml-nested-50.eml');
    const parts = report.parts?.slice(1) ?? [];
    expect(parts).toHaveLength(limits.partDepth + 1);
    expect(parts.at(-1)?.code).toBe('bound.partDepth');
    expect(report.reads.parts).toMatchObject({ code: 'parts.notLookedInto' });
    expect(report.summary.origin).toBe('unknown');
  });
});

describe('an Outlook mail', () => {
  it('gives its attachments, and those of a mail forwarded in it', async () => {
    const report = await reportOn('parts/msg-pictures.msg');
    expect(told(report)).toEqual([
      ['embedded-picture', 'signed.jpg', 'other', SIGNED],
      ['attachment', 'made.jpg', 'ai-generated', LABELLED],
      ['embedded-picture', 'plain.jpg', 'none', expect.any(String)],
    ]);
    expect(report.parts?.[2]?.locator).toBe('attachment 2, attachment 1');
    expect(report.summary).toMatchObject({ origin: 'none', coverage: { state: 'complete' } });
  });

  it('whose page cannot be read says that something may have stood in it', async () => {
    const page = Buffer.from('<p>none</p>'.repeat(1_000));
    const whole = compoundFile(outlookMail([], { '__substg1.0_10130102': page }));
    expect(told(await reportOf(Asset.fromBytes(whole)))).toEqual([]);
    // Longer than its chain of sectors, and shorter than the file.
    const longer = Buffer.from(whole);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(page.length);
    longer.writeUInt32LE(page.length + 600, longer.lastIndexOf(size));
    const report = await reportOf(Asset.fromBytes(longer));
    expect(told(report)).toEqual([['attachment', '', 'part.damaged', undefined]]);
    expect(report.summary.origin).toBe('unknown');
  });

  it('is told as one where its directory stands behind a large attachment', async () => {
    const large = compoundFile(outlookMail([{ name: 'large.bin', bytes: Buffer.alloc(300_000, 1) }]));
    const asset = await Asset.fromBytes(large);
    expect(asset.mediaType.format).toBe('Outlook mail (MSG)');
  });

  it('gives the same attachments as another reader', async () => {
    const bytes = readFileSync(path('parts/msg-pictures.msg'));
    const load = createRequire(import.meta.url);
    const { default: MsgReader } = load('@kenjiuno/msgreader') as typeof import('@kenjiuno/msgreader');
    const other = new MsgReader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const theirs = other
      .getFileData()
      .attachments?.flatMap((one) => (one.innerMsgContent ? [] : [other.getAttachment(one)]))
      .map(({ fileName, content }) => [fileName, createHash('sha256').update(content).digest('hex')]);
    const asset = await Asset.fromBytes(bytes);
    const read = await partsReader.read(asset, { engine: 'wasm' });
    const parts =
      read.status === 'found'
        ? read.value.filter(({ locator: place }) => /^attachment \d+( |$)/.test(place))
        : [];
    const ours = await Promise.all(
      parts.map(async ({ name, unpack }) => [
        name,
        createHash('sha256')
          .update((await unpack?.(limits.unpackedPartBytes)) ?? '')
          .digest('hex'),
      ]),
    );
    expect(ours).toHaveLength(3);
    expect(ours).toEqual(theirs);
  });

  /** [MS-OXRTFCP] §2.1.3.1.1: the polynomial of ZIP, with initial value zero. */
  const sumOf = (bytes: Buffer): number => {
    let sum = 0;
    for (const byte of bytes) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit++) sum = (sum & 1) === 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    }
    return sum >>> 0;
  };

  it('whose RTF is damaged, or shorter than it says, is not passed for read', async () => {
    const content = literally(Buffer.from('{\\rtf1\\ansi Depicted in words}'));
    const of = (length: number, sum: number, bytes: Buffer) => {
      const head = Buffer.alloc(16);
      head.writeUInt32LE(bytes.length + 12, 0);
      head.writeUInt32LE(length, 4);
      head.writeUInt32LE(0x75465a4c, 8);
      head.writeUInt32LE(sum, 12);
      const stream = { '__substg1.0_10090102': Buffer.concat([head, bytes]) };
      return reportOf(Asset.fromBytes(compoundFile(outlookMail([], stream))));
    };
    const length = '{\\rtf1\\ansi Depicted in words}'.length;
    const whole = await of(length, sumOf(content), content);
    expect(whole.reads.parts.status).toBe('absent');
    const short = content.subarray(0, -9);
    for (const report of [
      await of(length, sumOf(content) ^ 1, content),
      await of(length, sumOf(short), short),
    ]) {
      expect(told(report)).toEqual([['attachment', '', 'part.damaged', undefined]]);
      expect(report.summary.origin).toBe('unknown');
    }
  });

  it.each([
    ['as it is', 0x414c454d, (rtf: Buffer) => rtf],
    ['packed', 0x75465a4c, literally],
  ])('with a picture in its RTF says so: %s', async (_, kind, pack) => {
    const rtfMail = (rtf: string) => {
      const content = pack(Buffer.from(rtf));
      const head = Buffer.alloc(16);
      head.writeUInt32LE(content.length + 12, 0);
      head.writeUInt32LE(rtf.length, 4);
      head.writeUInt32LE(kind, 8);
      head.writeUInt32LE(sumOf(content), 12);
      const stream = { '__substg1.0_10090102': Buffer.concat([head, content]) };
      return reportOf(Asset.fromBytes(compoundFile(outlookMail([], stream))));
    };
    const drawn = await rtfMail('{\\rtf1\\ansi A picture: {\\pict\\jpegblip ffd8ffe0}}');
    expect(told(drawn)).toEqual([['attachment', '', 'part.packing', undefined]]);
    expect((await rtfMail('{\\rtf1\\ansi Depicted in words}')).reads.parts.status).toBe('absent');
  });

  it('has its RTF unpacked as another reader does', () => {
    const load = createRequire(import.meta.url);
    const { decompressRTF } = load('@kenjiuno/decompressrtf') as { decompressRTF(bytes: number[]): number[] };
    // [MS-OXRTFCP] §4.1: the specification's example, with a reference into the dictionary.
    const example = Buffer.from(
      '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0',
      'hex',
    );
    const ours = unpackRtf(example, 1000)?.bytes.toString('latin1');
    expect(ours).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n');
    expect(ours).toBe(Buffer.from(decompressRTF([...example])).toString('latin1'));
  });

  it('whose sectors run in circles ends, and is said to be damaged', async () => {
    const report = await reportOn('hostile/msg-circles.msg');
    expect(report.reads.parts).toMatchObject({ status: 'malformed', code: 'mail.damaged' });
    expect(report.summary.origin).toBe('unknown');
  });

  it('cut at any place is never taken for one that was read', async () => {
    const whole = readFileSync(path('parts/msg-pictures.msg'));
    const intact = await reportOf(Asset.fromBytes(whole));
    for (let at = 600; at < whole.length; at += 1999) {
      const report = await reportOf(Asset.fromBytes(whole.subarray(0, at)));
      expect([at, report.summary.origin]).toEqual([at, 'unknown']);
    }
    expect(intact.summary.origin).toBe('none');
  });
});

it('nothing of addresses, subjects and texts is in a report', async () => {
  const secrets = [...ADDRESSES, 'Ada Sender', 'Bert Reader', SUBJECT, 'Zebrafish', BODY, 'quokka'];
  for (const file of [
    'eml-inline.eml',
    'eml-forwarded.eml',
    'eml-mailbox.eml',
    'eml-closed.eml',
    'msg-pictures.msg',
  ]) {
    const bytes = readFileSync(path(`parts/${file}`));
    const held = file.endsWith('.msg') ? bytes.toString('utf16le') : bytes.toString('utf8');
    expect(held, file).toContain(SUBJECT);
    const json = JSON.stringify(await reportOn(`parts/${file}`));
    expect(
      secrets.filter((secret) => json.includes(secret)),
      file,
    ).toEqual([]);
  }
});

describe('a hostile mail', () => {
  const within = async (make: () => Buffer, code: string, most: number) => {
    const asset = await Asset.fromBytes(make());
    expect(asset.mediaType.mime).toBe('message/rfc822');
    const before = process.cpuUsage();
    const read = await partsReader.read(asset, { engine: 'wasm' });
    const { user, system } = process.cpuUsage(before);
    expect('code' in read ? read.code : read.status).toBe(code);
    expect((user + system) / 1000).toBeLessThan(most);
    return read;
  };
  const MIXED = 'Content-Type: multipart/mixed; boundary="a"';
  const head = (...headers: string[]) => mail({ headers, body: '' });
  const repeated = (line: string, bytes: number) => Buffer.alloc(bytes - (bytes % line.length), line);

  /** Ten megabytes of these take 0.2 to 0.7 s of processor time, boundary-like lines the most. */
  it.each<[string, string, string]>([
    ['empty lines', '\n', 'mail.boundaries'],
    ['lines that begin like a boundary', '--ax\n', 'mail.boundaries'],
    ['parts without an end', '--a\n\nx\n', 'bound.entries'],
    ['headers without an end', 'A: b\n', 'bound.bytes'],
  ])('of 2 MB of %s', async (what, line, code) => {
    const start = what.startsWith('headers') ? head(MIXED).subarray(0, -4) : head(MIXED);
    await within(() => Buffer.concat([start, repeated(line, 2_000_000)]), code, 2_000);
  });

  it('of 10,000 pictures tells as many as are told of any file', async () => {
    const part = attachment(
      'a.jpg',
      'image/jpeg',
      readFileSync(path('labels/jpeg-iptc-trained.jpg')).subarray(0, 64),
    );
    const read = await within(
      () => mail(multipart('mixed', 'a', [text(), ...Array.from({ length: 10_000 }, () => part)])),
      'bound.entries',
      5_000,
    );
    expect(read.status === 'failed' && read.value).toHaveLength(limits.parts + 1);
  });
});
