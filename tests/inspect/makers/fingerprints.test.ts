import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import { parseFingerprints } from '../../../src/inspect/checks/fingerprints-check.js';
import { createPictureMaker } from '../../../src/inspect/makers/pictures.js';
import { Confinement } from '../../../src/inspect/sandbox/confinement.js';
import { standIn } from '../../support/program.js';
import { describeWith } from '../../support/system-parts.js';

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');
const fixture = (name: string) => join(FIXTURES, name);
const folder = mkdtempSync(join(tmpdir(), 'assay-fingerprint-maker-'));
const maker = createPictureMaker();
afterAll(async () => {
  await maker.close();
  rmSync(folder, { recursive: true, force: true });
});

it('is made alone, and with the pictures only where it is asked for', async () => {
  const path = fixture('plain/plain.jpg');
  const alone = await maker.fingerprint({ path });
  expect(alone.missing).toEqual([]);
  expect(alone.made).toMatchObject([{ kind: 'picture', frames: 1 }]);
  const { made, fingerprint } = await maker.make({ path, fingerprint: true });
  expect(made.map(({ kind }) => kind)).toEqual(['preview']);
  expect(fingerprint).toEqual(alone);
  expect(await maker.make({ path })).not.toHaveProperty('fingerprint');
});

it('is made with one small picture and the manifest store where they are asked for', async () => {
  const path = fixture('c2pa/jpeg-c2pa-intact.jpg');
  const { small, manifestStore, ...alone } = await maker.beside({ path, small: true, manifestStore: true });
  expect(alone).toEqual(await maker.fingerprint({ path }));
  if (small === undefined || 'fault' in small) throw new Error('no picture');
  expect(Math.max(small.width, small.height)).toBeLessThanOrEqual(320);
  if (manifestStore === undefined || 'fault' in manifestStore) throw new Error('no store');
  expect(Buffer.from(manifestStore.bytes).readUInt32BE(0)).toBe(manifestStore.bytes.length);
  const known = await maker.beside({ path, small: true, knownKinds: ['picture', 'video', 'sound'] });
  expect(known).toEqual({ made: [], missing: [], small });
});

it('of a file that is not there is not said to be missing', async () => {
  await expect(maker.fingerprint({ path: join(folder, 'none.jpg') })).rejects.toMatchObject({
    code: 'not-found',
  });
});

describeWith('fpcalc', 'in the sandbox', () => {
  it('a sound of ten seconds and more is described', async () => {
    const rate = 8_000;
    const samples = Buffer.alloc(rate * 11 * 2);
    for (let at = 0; at < rate * 11; at += 1)
      samples.writeInt16LE(
        Math.round(9_000 * Math.sin((at * (200 + 60 * (Math.floor(at / 2_000) % 9))) / rate)),
        at * 2,
      );
    const head = Buffer.alloc(44);
    head.write('RIFF\0\0\0\0WAVEfmt ', 'latin1');
    head.writeUInt32LE(36 + samples.length, 4);
    head.writeUInt32LE(16, 16);
    head.writeUInt16LE(1, 20);
    head.writeUInt16LE(1, 22);
    head.writeUInt32LE(rate, 24);
    head.writeUInt32LE(rate * 2, 28);
    head.writeUInt16LE(2, 32);
    head.writeUInt16LE(16, 34);
    head.write('data', 36, 'latin1');
    head.writeUInt32LE(samples.length, 40);
    const path = join(folder, 'tones.wav');
    writeFileSync(path, Buffer.concat([head, samples]));
    const { made, missing } = await maker.fingerprint({ path });
    expect(missing).toEqual([]);
    expect(made).toMatchObject([{ kind: 'sound', seconds: 11 }]);
  });
});

it('a process that dies of one costs that one alone, and it is said', async () => {
  const dying = createPictureMaker({
    childEntry: standIn('dies-of-a-fingerprint'),
    confinement: new Confinement({ sandbox: 'off' }),
  });
  const path = fixture('plain/plain.mp4');
  const missing = [
    { kind: 'sound', code: 'fingerprint.silent' },
    { kind: 'video', code: 'reader.crashed' },
  ];
  try {
    expect(await dying.fingerprint({ path })).toMatchObject({ made: [], missing });
    const beside = await dying.make({ path, fingerprint: true });
    expect(beside).toMatchObject({ made: [], missing: [], fingerprint: { made: [], missing } });
    // Here it crashes before it begins any of them.
    const empty = join(folder, 'empty.mp4');
    writeFileSync(empty, '');
    expect(await dying.fingerprint({ path: empty })).toMatchObject({
      made: [],
      missing: [{ kind: 'picture', code: 'reader.crashed' }],
    });
  } finally {
    await dying.close();
  }
});

describe('what a process that may lie answers', () => {
  const bytes = (count: number) => Buffer.alloc(count, 1).toString('base64');
  const picture = { kind: 'picture', quality: 90, frames: 1, shelf: bytes(17 * 32), query: bytes(8 * 32) };
  const video = {
    ...picture,
    kind: 'video',
    frames: 3,
    seconds: 2,
    shelf: bytes(51 * 32),
    query: bytes(72 * 32),
  };
  const sound = { kind: 'sound', quality: 100, frames: 1, seconds: 12, shelf: bytes(400), query: bytes(400) };
  const answer = (...made: object[]) => ({ made, missing: [], partly: [] });

  it('counts where it is one of each kind at most, and fits its own numbers', () => {
    for (const one of [picture, video, sound]) expect(parseFingerprints(answer(one))?.made).toHaveLength(1);
    expect(parseFingerprints(answer(video, sound))?.made).toHaveLength(2);
    expect(parseFingerprints({ made: [], missing: [{ kind: 'sound', code: 'fingerprint.silent' }] })).toEqual(
      {
        made: [],
        missing: [{ kind: 'sound', code: 'fingerprint.silent' }],
      },
    );
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no lists', { made: {}, missing: [] }],
    ['two of a kind', answer(picture, picture)],
    ['made and missing', { ...answer(picture), missing: [{ kind: 'picture', code: 'fingerprint.flat' }] }],
    ['missing without a code', { made: [], missing: [{ kind: 'picture' }] }],
    ['more than there are kinds', { made: [], missing: new Array(4).fill({ kind: 'picture', code: 'a.b' }) }],
    ['another kind', answer({ ...picture, kind: 'smell' })],
    ['a quality that is refused', answer({ ...picture, quality: 49 })],
    ['a quality beyond', answer({ ...picture, quality: 101 })],
    ['no frame', answer({ ...video, frames: 0 })],
    ['a picture of frames', answer({ ...picture, frames: 2 })],
    ['a picture that lasts', answer({ ...picture, seconds: 1 })],
    ['a video that does not', answer({ ...video, seconds: undefined })],
    ['more frames than there can be', answer({ ...video, frames: limits.fingerprintFrames + 1 })],
    ['frames of unlike number', answer({ ...video, shelf: bytes(52 * 32) })],
    ['half a fingerprint', answer({ ...picture, shelf: bytes(17 * 32 + 16) })],
    ['turns left out', answer({ ...picture, query: bytes(7 * 32) })],
    ['no query', answer({ ...picture, query: '' })],
    ['more views than there are', answer({ ...picture, query: bytes(32 * 32) })],
    ['more cuts than there are', answer({ ...picture, shelf: bytes(25 * 32) })],
    ['half a value', answer({ ...sound, shelf: bytes(402), query: bytes(402) })],
    ['a sound that is asked with as another', answer({ ...sound, query: bytes(404) })],
    ['a sound longer than one can be', answer({ ...sound, shelf: bytes(40_000), query: bytes(40_000) })],
    ['no base64', answer({ ...picture, shelf: '\u0000'.repeat(8) })],
  ])('does not count: %s', (_, said) => {
    expect(parseFingerprints(said)).toBeUndefined();
  });
});
