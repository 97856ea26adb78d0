import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { rgbScene } from '../../../fixtures/build/pixel-makers.js';
import { isPixelsOnlyWebp } from '../../../src/inspect/checks/pictures-check.js';
import { createPictureMaker, type PictureMaker } from '../../../src/inspect/makers/pictures.js';
import { Confinement } from '../../../src/inspect/sandbox/confinement.js';

/** Checks on pictures that come from a reading process taken over by a file. */

const folder = mkdtempSync(join(tmpdir(), 'assay-recoder-'));
const child = (name: string) => resolve(import.meta.dirname, `../children/${name}.js`);
const confinement = new Confinement({ sandbox: 'off' });
const makers: PictureMaker[] = [];
const takenOver = (recodeEntry?: string): PictureMaker => {
  const maker = createPictureMaker({
    childEntry: child('says-its-file'),
    confinement,
    ...(recodeEntry === undefined ? {} : { recodeEntry }),
  });
  makers.push(maker);
  return maker;
};
const maker = takenOver();
afterAll(async () => {
  await Promise.all(makers.map((one) => one.close()));
  rmSync(folder, { recursive: true, force: true });
});

let files = 0;
function saying(...made: object[]): string {
  files += 1;
  const path = join(folder, `${files}.json`);
  writeFileSync(path, JSON.stringify({ made, missing: [] }));
  return path;
}

const [width, height] = [96, 64];
const scene = () => sharp(rgbScene({ width, height }), { raw: { width, height, channels: 3 } });
const shown = (webp: Buffer, over: object = {}) => ({
  ...{ kind: 'preview', width, height },
  webp: webp.toString('base64'),
  ...over,
});
const samples = (webp: Buffer | undefined) => sharp(webp).removeAlpha().raw().toBuffer();

/** Returns a WebP whose header is right: the chunk and its size, without valid content. */
function hollow(webp: Buffer): Buffer {
  const bytes = Buffer.from(webp);
  bytes.fill(0xa5, 34);
  expect(isPixelsOnlyWebp(bytes)).toBe(true);
  return bytes;
}

const REFUSED = { code: 'pictures.refused' };

describe('a picture from a process that was taken over', () => {
  it('goes on as the other process encoded it: other bytes, the same to look at', async () => {
    const webp = await scene().webp({ lossless: true }).toBuffer();
    expect(webp.toString('latin1', 12, 16)).toBe('VP8L');
    const { made, missing } = await maker.make({ path: saying(shown(webp)) });
    expect(missing).toEqual([]);
    expect(made).toMatchObject([{ kind: 'preview', width, height }]);
    const anew = made[0]?.webp ?? Buffer.alloc(0);
    expect(isPixelsOnlyWebp(anew)).toBe(true);
    expect(anew.toString('latin1', 12, 16)).toBe('VP8 ');
    const [before, after] = await Promise.all([samples(webp), samples(anew)]);
    expect(after.length).toBe(before.length);
    const apart = before.reduce((sum, one, at) => sum + Math.abs(one - (after[at] ?? 0)), 0) / before.length;
    expect(apart).toBeGreaterThan(0);
    expect(apart).toBeLessThan(6);
  });

  it('keeps what is transparent, and what was said of it', async () => {
    const webp = await scene().ensureAlpha(0.5).webp().toBuffer();
    const { made } = await maker.make({ path: saying(shown(webp, { damaged: true })) });
    expect(made).toMatchObject([{ kind: 'preview', damaged: true }]);
    expect((await sharp(made[0]?.webp).metadata()).hasAlpha).toBe(true);
  });

  it.each<[string, () => Promise<object>]>([
    ['that is none behind its head', async () => shown(hollow(await scene().webp().toBuffer()))],
    ['of another size', async () => shown(await scene().webp().toBuffer(), { width: width + 1 })],
    [
      'that stands larger than it may be in its head',
      async () => {
        const webp = await scene().webp().toBuffer();
        // VP8: 14 bits each, after the start code.
        webp.writeUInt16LE(0x3fff, 26);
        webp.writeUInt16LE(0x3fff, 28);
        return shown(webp);
      },
    ],
    [
      'that breaks off inside',
      async () => {
        const webp = await scene().webp().toBuffer();
        const cut = webp.subarray(0, 60);
        cut.writeUInt32LE(cut.length - 8, 4);
        cut.writeUInt32LE(cut.length - 20, 16);
        expect(isPixelsOnlyWebp(cut)).toBe(true);
        return shown(cut);
      },
    ],
  ])('%s is refused, and the next one is not', async (_, bad) => {
    const good = shown(await scene().webp().toBuffer(), { kind: 'stored' });
    const { made, missing } = await maker.make({ path: saying(await bad(), good) });
    expect(made.map(({ kind }) => kind)).toEqual(['stored']);
    expect(missing).toMatchObject([{ kind: 'preview', ...REFUSED }]);
  });

  it('of a manifest that is not the active one is no missing thumbnail', async () => {
    const bad = hollow(await scene().webp().toBuffer());
    const claim = (manifest: string, active: boolean) => shown(bad, { kind: 'claim', manifest, active });
    const { missing } = await maker.make({ path: saying(claim('a', false), claim('b', true)) });
    expect(missing).toMatchObject([
      { kind: 'ingredient', ...REFUSED },
      { kind: 'claim', ...REFUSED },
    ]);
  });
});

describe('the process that encodes anew', () => {
  it('is believed no more than the other, and its death costs one picture', async () => {
    const webp = await scene().webp().toBuffer();
    const tiny = await sharp(await scene().toFormat('png').toBuffer())
      .resize(16, 16, { fit: 'fill' })
      .webp()
      .toBuffer();
    const path = saying(
      shown(tiny, { kind: 'stored', width: 16, height: 16 }),
      shown(webp),
      shown(webp, { kind: 'frame', seconds: 1 }),
    );
    const { made, missing } = await takenOver(child('recodes-nothing')).make({ path });
    expect(made).toEqual([]);
    expect(missing.map(({ kind, code }) => [kind, code])).toEqual([
      ['stored', REFUSED.code],
      ['preview', REFUSED.code],
      ['frame', REFUSED.code],
    ]);
  });

  it('goes on for the same party, and starts anew for another and after a refusal', async () => {
    const fresh = takenOver();
    const good = shown(await scene().webp().toBuffer());
    const bad = shown(hollow(await scene().webp().toBuffer()));
    const seen: number[][] = [];
    const make = async (party: string, picture: object) => {
      await fresh.make({ path: saying(picture), tenant: party });
      seen.push(recoders());
    };
    await make('one', good);
    await make('one', good);
    expect(seen[1]).toEqual(seen[0]);
    await make('two', good);
    const others = (seen[2] ?? []).filter((pid) => !seen[0]?.includes(pid));
    expect(others).toHaveLength(1);
    await make('two', bad);
    expect(seen[3]).not.toContain(others[0]);
  });
});

/** Processes of this run, by their command line. */
function recoders(): number[] {
  const parents = new Map<number, { parent: number; command: string }>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'latin1').replaceAll('\0', ' ');
      const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'latin1'))?.[1];
      parents.set(Number(name), { parent: Number(parent), command });
    } catch {
      // The process has ended meanwhile.
    }
  }
  return [...parents]
    .filter(
      ([, { parent, command }]) => parent === process.pid && command.includes('reading/recode-child.js'),
    )
    .map(([pid]) => pid)
    .sort((a, b) => a - b);
}
