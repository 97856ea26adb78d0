import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readArchive, writeArchive } from '../../../src/service/law-updates/archive.js';
import { lawLimits } from '../../../src/service/law-updates/law-limits.js';
import { openBundle } from '../../../src/service/law-updates/open-bundle.js';
import { temporaryDirectory } from '../../http/posting.js';
import { describeWith } from '../../support/system-parts.js';
import { BOOK, newKeys, signedAs, TestLaw } from './law.js';

const refused = (code: string) => expect.objectContaining({ name: 'LawRefusal', code });

describe('a bundle', () => {
  it('is the same to the byte, whenever and wherever it is made', async () => {
    const keys = newKeys();
    const whole = () => new TestLaw(undefined, undefined, 'all').bundle(keys);
    const [one, other] = [await whole(), await whole()];
    expect(one.archive.equals(other.archive)).toBe(true);
    expect(one.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(one.books.length).toBeGreaterThan(10);
    const [few, later] = [
      await new TestLaw(undefined, [BOOK]).bundle(keys),
      await new TestLaw(undefined, [BOOK]).bundle(keys, { expires: '2099-12-30' }),
    ];
    expect(later.digest).not.toBe(few.digest);
  });

  it('is not signed where nobody would install it', async () => {
    const keys = newKeys();
    const failing = new TestLaw(undefined, [BOOK]).change<{ expect: Record<string, string> }[]>(
      'cases.json',
      ([first]) => {
        if (first !== undefined) first.expect = { '11-machine-readable': 'superseded' };
      },
    );
    await expect(failing.bundle(keys)).rejects.toEqual(refused('law.cases'));
    const stray = new TestLaw(undefined, [BOOK]).file('notes.txt', 'mine');
    await expect(stray.bundle(keys)).rejects.toEqual(refused('law.name'));
  });
});

describeWith('openssl', 'without Assay', () => {
  it('openssl, tar and sha256sum check all of it', async () => {
    const keys = newKeys();
    const folder = temporaryDirectory();
    const { archive, digest } = await new TestLaw(undefined, [BOOK]).bundle(keys);
    writeFileSync(join(folder, 'law.tar'), archive);
    execFileSync('tar', ['-xf', 'law.tar'], { cwd: folder });
    const check = () =>
      spawnSync(
        'openssl',
        ['pkeyutl', '-verify', '-pubin', '-inkey', keys.publicFile, '-rawin', '-in', 'manifest.json'].concat([
          '-sigfile',
          'manifest.sig',
        ]),
        { cwd: folder, encoding: 'utf8' },
      );
    expect(check()).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Signature Verified Successfully'),
    });
    const sums = (lines: string) =>
      spawnSync('sha256sum', ['--check', '--quiet'], { cwd: folder, input: lines, encoding: 'utf8' }).status;
    const { files } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
      files: { name: string; sha256: string }[];
    };
    const listed = files.map(({ name, sha256 }) => `${sha256}  ${name}`);
    expect(sums([`${digest}  manifest.json`, ...listed].join('\n'))).toBe(0);
    const inArchive = execFileSync('tar', ['-tf', 'law.tar'], { cwd: folder, encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(inArchive.sort()).toEqual(
      ['manifest.json', 'manifest.sig', ...files.map(({ name }) => name)].sort(),
    );

    writeFileSync(join(folder, 'manifest.json'), `${readFileSync(join(folder, 'manifest.json'), 'utf8')} `);
    expect(check().status).not.toBe(0);
  });
});

describe('an archive', () => {
  const files = [
    { name: 'manifest.json', bytes: Buffer.from('{}') },
    { name: 'rulebooks/a/book.json', bytes: Buffer.alloc(1_000, 'x') },
  ];

  it('is read back as it was written', () => {
    expect(readArchive(writeArchive(files))).toEqual(files);
  });

  it.each(['../x', '/etc/passwd', 'rulebooks/../x', 'rulebooks/a/../book.json', 'rulebooks/a/b/book.json'])(
    'that names %s is refused, written or read',
    (name) => {
      expect(() => writeArchive([{ name, bytes: Buffer.alloc(1) }])).toThrow(refused('law.name'));
      const archive = writeArchive([{ name: 'manifest.json', bytes: Buffer.alloc(1) }]);
      expect(() => readArchive(renamed(archive, name))).toThrow(refused('law.name'));
    },
  );

  it.each(['rulebooks/a/evil.js', 'rulebooks/a/texts.en.json.bak', 'rulebooks/index.json', 'readme.md'])(
    'that holds %s is refused',
    (name) => {
      expect(() => writeArchive([{ name, bytes: Buffer.alloc(1) }])).toThrow(refused('law.name'));
      expect(() => readArchive(renamed(writeArchive(files), name))).toThrow(refused('law.name'));
    },
  );

  it('of another form than ours is refused: links, owners, times, gaps, what follows the end', () => {
    const archive = writeArchive(files);
    const changes: [at: number, byte: number][] = [
      // Type of the entry: a link.
      [156, 0x32],
      // Mode, owner, time, link target, prefix.
      [104, 0x37],
      [110, 0x31],
      [140, 0x31],
      [157, 0x61],
      [345, 0x61],
      // The padding of a block.
      [512 + 500, 1],
    ];
    for (const [at, byte] of changes) {
      const other = Buffer.from(archive);
      other[at] = byte;
      expect(() => readArchive(withChecksum(other))).toThrow(refused('law.archive'));
    }
    for (const other of [
      Buffer.alloc(0),
      archive.subarray(0, -1),
      archive.subarray(0, 700),
      Buffer.concat([archive, Buffer.alloc(512)]),
      Buffer.concat([writeArchive(files.slice(1)), archive]),
    ])
      expect(() => readArchive(other)).toThrow(refused('law.archive'));
  });

  it('that tar itself makes of a folder is refused, whatever is in it', () => {
    const folder = temporaryDirectory();
    mkdirSync(join(folder, 'rulebooks/a'), { recursive: true });
    writeFileSync(join(folder, 'manifest.json'), '{}');
    symlinkSync('/etc/passwd', join(folder, 'rulebooks/a/book.json'));
    const tar = (...names: string[]) => execFileSync('tar', ['-cf', '-', ...names], { cwd: folder });
    expect(() => readArchive(tar('rulebooks'))).toThrow(refused('law.name'));
    expect(() => readArchive(tar('rulebooks/a/book.json'))).toThrow(refused('law.archive'));
    expect(() => readArchive(tar('manifest.json'))).toThrow(refused('law.archive'));
  });

  it('holds no more than a bound, in one file, in all, and in number', () => {
    const one = (bytes: number) => [{ name: 'manifest.json', bytes: Buffer.alloc(bytes) }];
    expect(readArchive(writeArchive(one(lawLimits.fileBytes)))[0]?.bytes.length).toBe(lawLimits.fileBytes);
    expect(() => writeArchive(one(lawLimits.fileBytes + 1))).toThrow(refused('law.size'));
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        name: `rulebooks/b${index}/book.json`,
        bytes: Buffer.alloc(0),
      }));
    expect(readArchive(writeArchive(many(lawLimits.files)))).toHaveLength(lawLimits.files);
    expect(() => writeArchive(many(lawLimits.files + 1))).toThrow(refused('law.size'));
    const last = Buffer.concat([
      writeArchive(many(lawLimits.files)).subarray(0, -1024),
      writeArchive(many(1)),
    ]);
    expect(() => readArchive(last)).toThrow(refused('law.size'));
    expect(() => readArchive(Buffer.alloc(lawLimits.bundleBytes + 1, 1))).toThrow(refused('law.size'));
    const claims = Buffer.from(writeArchive(one(1)));
    claims.write((lawLimits.fileBytes + 1).toString(8).padStart(11, '0'), 124, 'ascii');
    expect(() => readArchive(withChecksum(claims))).toThrow(refused('law.size'));
  });

  it('is taken as a bundle only with manifest and signature', async () => {
    const keys = newKeys();
    const { archive } = await new TestLaw(undefined, [BOOK]).bundle(keys);
    const parts = readArchive(archive);
    expect(openBundle(archive, [keys.publicKey]).manifest.books).toHaveLength(1);
    expect(openBundle(signedAs(parts, keys), [keys.publicKey]).manifest.books).toHaveLength(1);
    for (const without of ['manifest.json', 'manifest.sig'])
      expect(() =>
        openBundle(writeArchive(parts.filter(({ name }) => name !== without)), [keys.publicKey]),
      ).toThrow(refused('law.archive'));
  });
});

/** Renames the first file of an archive, with a valid header. */
function renamed(archive: Buffer, name: string): Buffer {
  const other = Buffer.from(archive);
  other.fill(0, 0, 100);
  other.write(name, 0, 'ascii');
  return withChecksum(other);
}

function withChecksum(archive: Buffer): Buffer {
  archive.fill(' ', 148, 156);
  const sum = archive.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  archive.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
  return archive;
}
