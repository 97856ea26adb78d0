import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { beforeIdat, xmpChunk } from '../../../../fixtures/build/bound-makers.js';
import { zip } from '../../../../fixtures/build/formats/unread.js';
import { fault } from '../../../../src/base/fault.js';
import { limits } from '../../../../src/base/limits.js';
import { type AssetPart, UnreadablePartError } from '../../../../src/core/evidence/evidence.js';
import { Asset } from '../../../../src/core/media/asset.js';
import { startsWithSoundFrames } from '../../../../src/core/media/sound-frames.js';
import { observe } from '../../../../src/core/pipeline/analyze.js';
import { analyzeParts, createPartsAnalysis } from '../../../../src/core/pipeline/parts-inside.js';
import type { ReadOptions } from '../../../../src/core/report/analyze-options.js';
import type { Observation, WholeObservation } from '../../../../src/core/report/report.js';
import { xmpOf } from '../../../bounds/past.js';

/** Limits on looking inside a file: number of parts, depth and size. Each limit is reported with its code. */
const FIXTURES = resolve(import.meta.dirname, '../../../../fixtures');
const JPEG = readFileSync(join(FIXTURES, 'plain/plain.jpg'));
const PNG = readFileSync(join(FIXTURES, 'plain/plain.png'));
const OPTIONS: ReadOptions = { asOf: '2026-11-29', engine: 'native' };

const folder = mkdtempSync(join(tmpdir(), 'assay-inside-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function observed(content: Buffer, options: Partial<ReadOptions> = {}): Promise<WholeObservation> {
  return observe(await Asset.fromBytes(content), { ...OPTIONS, ...options });
}

const codesIn = ({ report }: Observation) =>
  (report.parts ?? []).filter(({ within }) => within === undefined).map(({ code }) => code);

/** Inspects a part as a reader names it, next to the file's own. */
async function lookedInto(part: Omit<AssetPart, 'kind' | 'offset' | 'locator'>, left = {}) {
  const looking = createPartsAnalysis((asset, options) => observe(asset, options));
  Object.assign(looking.budget, left);
  const asset = await Asset.fromBytes(JPEG);
  const primary: AssetPart = { kind: 'primary', offset: 0, bytes: JPEG.length, locator: 'JPEG' };
  const read = {
    status: 'found' as const,
    value: [primary, { kind: 'member' as const, offset: 0, locator: 'here', ...part }],
  };
  const inside = await analyzeParts(asset, read, { ...OPTIONS, partReports: true }, looking);
  return { ...inside, part: inside.parts[1] };
}

describe('what stands inside a file', () => {
  it('is looked into up to a number, and what is beyond it is told one by one', async () => {
    const svg = (count: number) =>
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg">${Array.from(
          { length: count },
          (_, at) =>
            `<image href="data:image/jpeg;base64,${Buffer.concat([JPEG, Buffer.from([at >> 8, at & 255])]).toString('base64')}"/>`,
        ).join('')}</svg>`,
      );
    const report = await observed(svg(limits.analyzedParts + 3));
    const codes = codesIn(report).slice(1);
    expect(codes.slice(0, limits.analyzedParts).every((code) => code === undefined)).toBe(true);
    expect(codes.slice(limits.analyzedParts)).toEqual(Array(3).fill('bound.partsLookedInto'));
    expect(report.report.reads.parts).toMatchObject({ status: 'found', code: 'parts.notLookedInto' });
    expect(report.report.summary.origin).toBe('unknown');
  });

  it('is looked into up to a depth', async () => {
    const holding = (inner: Buffer, type: string) =>
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg"><image href="data:image/${type};base64,${inner.toString('base64')}"/></svg>`,
      );
    let content = holding(JPEG, 'jpeg');
    for (let depth = 0; depth < limits.partDepth; depth++) content = holding(content, 'svg+xml');
    const { report } = await observed(content);
    expect(report.parts?.map(({ within }) => within)).toEqual([undefined, undefined, 1, 2, 3, 4]);
    expect(report.parts?.at(-1)).toMatchObject({ code: 'bound.partDepth' });
    expect(report.parts?.at(-1)?.outcome).toBeUndefined();
  });

  it('is not looked into where one part is larger than that', async () => {
    const path = join(folder, 'large.jpg');
    const head = Buffer.alloc(40);
    head.writeUInt32BE(24, 0);
    head.write('ftypisom\0\0\0\0isommp42', 4, 'latin1');
    head.writeUInt32BE(1, 24);
    head.write('mdat', 28, 'latin1');
    head.writeBigUInt64BE(BigInt(limits.partBytes + 16), 32);
    writeFileSync(path, Buffer.concat([JPEG, head]));
    truncateSync(path, JPEG.length + 24 + limits.partBytes + 16);
    const asset = await Asset.open(path, Promise.resolve('0'.repeat(64)));
    const { report } = await observe(asset, OPTIONS).finally(() => asset.close());
    expect(report.parts?.[1]).toMatchObject({ kind: 'motion-video', code: 'bound.partBytes' });
  });

  it('is unpacked up to so many bytes a part and in all', async () => {
    let asked = 0;
    const unpack = async (most: number) => {
      asked = most;
      throw new UnreadablePartError(fault('bound.unpackedPart', { most }));
    };
    const one = await lookedInto({ bytes: 1, unpack });
    expect(asked).toBe(limits.unpackedPartBytes);
    expect(one.part).toMatchObject({ code: 'bound.unpackedPart' });
    await lookedInto({ bytes: 1, unpack }, { unpackedBytes: 10 });
    expect(asked).toBe(10);
    const none = await lookedInto({ bytes: 1, unpack }, { unpackedBytes: 0 });
    expect(none.part).toMatchObject({ code: 'bound.unpackedParts' });
  });

  it('is not begun when the time is up, and not after a process died of it', async () => {
    const twice = Buffer.concat([JPEG, JPEG]);
    expect(codesIn(await observed(twice, { hasTime: () => false }))).toEqual([undefined, 'bound.partsTime']);
    const died = await observed(twice, { insideFault: fault('part.damaged') });
    expect(codesIn(died)).toEqual([undefined, 'part.damaged']);
  });

  it('is called by a name that is not longer than that, and has a Report of its own as far as there is room', async () => {
    const unpack = async () => JPEG;
    const named = await lookedInto({ bytes: 1, unpack, name: 'a'.repeat(limits.partNameCharacters + 1) });
    expect(named.part?.name).toHaveLength(limits.partNameCharacters);
    expect(named.observed.map(({ number }) => number)).toEqual([1]);
    const full = await lookedInto({ bytes: 1, unpack }, { reportBytes: 10 });
    expect(full.observed).toEqual([]);
    expect(full.part?.outcome).toMatchObject({ origin: 'none', coverage: 'complete' });
  });

  it('has no Report of its own where all together would be too long, and that is said', async () => {
    const head = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/';
    const tools = `<a:AISystemUsed xmlns:a="${head}">a tool</a:AISystemUsed>`.repeat(60);
    const picture = (at: number) => beforeIdat(PNG, xmpChunk(xmpOf(`${tools}<!-- ${at} -->`)));
    const archive = zip(
      Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`${at}.png`, picture(at)])),
    );
    const { report, parts = [], ...beside } = await observed(archive, { partReports: true, evidence: true });
    expect(report.parts).toHaveLength(121);
    expect(parts.length).toBeGreaterThan(40);
    expect(parts.length).toBeLessThan(120);
    expect(Buffer.byteLength(JSON.stringify({ report, parts, ...beside }))).toBeLessThan(limits.answerBytes);
    const params = { count: 120 - parts.length, most: limits.answerBytes };
    expect(report.reads.parts.messages?.note).toContainEqual({ id: 'fault.bound.partReports', params });
    // The declarations of the parts are reported nevertheless.
    expect(
      report.parts?.every(({ kind, outcome }) => kind === 'primary' || outcome?.origin === 'ai-generated'),
    ).toBe(true);
  });

  it('is told up to a number, however often the same archive stands in another', async () => {
    // The smallest possible picture: the archive contains 216,000 of them.
    const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64');
    const archive = (members: Buffer[]) =>
      zip(
        Object.fromEntries(members.map((member, at) => [`${at}.${member === GIF ? 'gif' : 'zip'}`, member])),
      );
    const inner = archive(Array(60).fill(GIF));
    const { report } = await observed(archive(Array(60).fill(archive(Array(60).fill(inner)))));
    expect(report.parts?.length).toBeLessThan(2 * limits.parts);
    const cut = report.parts?.filter(({ code, outcome }) => code === 'bound.parts' && outcome !== undefined);
    expect(cut?.length).toBeGreaterThan(0);
    expect(report.summary.origin).toBe('unknown');
    expect(report.parts?.filter(({ within = 0 }) => within >= (report.parts?.length ?? 0))).toEqual([]);
  });

  it('is read once where the same bytes stand in it again', async () => {
    let count = 0;
    const looking = createPartsAnalysis((asset, options) => {
      count += 1;
      return observe(asset, options);
    });
    const part = (name: string): AssetPart => ({
      kind: 'member',
      offset: 0,
      bytes: 1,
      locator: name,
      name,
      unpack: async () => JPEG,
    });
    const parts = ['a.jpg', 'b.jpg', 'c.png'].map(part);
    const read = { status: 'found' as const, value: parts };
    const inside = await analyzeParts(await Asset.fromBytes(JPEG), read, OPTIONS, looking);
    expect(count).toBe(1);
    expect(inside.parts.map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg', 'c.png']);
  });
});

describe('a sound among other files', () => {
  it('begins with frames, and not with two bytes that a text may begin with', () => {
    for (const name of ['plain/plain.mp3', 'plain/plain.aac']) {
      const sound = readFileSync(join(FIXTURES, name));
      expect(startsWithSoundFrames(sound), name).toBe(true);
      expect(startsWithSoundFrames(sound.subarray(0, sound.length - 1)), name).toBe(true);
    }
    for (const text of ['\ufeff{}', '\xff\xfb', '\xff\xf1\x50\x80', '{"audio":1}'])
      expect(startsWithSoundFrames(Buffer.from(text, 'latin1'))).toBe(false);
    expect(
      startsWithSoundFrames(Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(2_000)])),
    ).toBe(false);
  });
});
