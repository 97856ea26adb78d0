import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { SandboxChoice } from '../../src/base/isolation-level.js';
import { translatorFor } from '../../src/i18n/translator.js';
import { listUnpackerVersions } from '../../src/inspect/makers/installed-unpackers.js';
import { UnpackFault, unpack } from '../../src/inspect/makers/unpack.js';
import { archiveLimits } from '../../src/scan/archives/archive-limits.js';
import { expandArchives } from '../../src/scan/archives/members.js';
import { archiveErrorOf } from '../../src/scan/archives/unpacked.js';
import { archiveKindOf } from '../../src/scan/sources/archive-kinds.js';
import type { FoundEntry } from '../../src/scan/sources/entry.js';
import { FileFilter } from '../../src/scan/sources/filter.js';
import { TempSpace } from '../../src/scan/sources/scratch.js';
import { toDoctorPartView } from '../../src/service/doctor/part.js';
import { toArchivePart } from '../../src/service/doctor/parts/archives.js';
import { fixture } from '../cli/spawn-assay.js';
import { english, inEnglish } from '../i18n/english.js';
import { describeWith, itWhere } from '../support/system-parts.js';
import { tarOf, zipOf } from './archive-files.js';

const PICTURE = readFileSync(fixture('c2pa/png-c2pa-intact.png'));
const TRAINED = readFileSync(fixture('c2pa/jpeg-c2pa-trained.jpg'));
const ZEROS = Buffer.alloc(archiveLimits.ratioFromBytes + 1024 ** 2);
const KINDS = ['zip', 'tar', '7z'] as const;

let folder: string;
let scratch: TempSpace;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-programs-'));
  mkdirSync(join(folder, 'scratch'));
  scratch = TempSpace.begin(join(folder, 'scratch'));
});
afterAll(() => {
  const own = readdirSync(join(folder, 'scratch')).filter((one) => !one.includes('.lock'));
  expect(own.flatMap((one) => readdirSync(join(folder, 'scratch', one)))).toEqual([]);
  scratch.end();
  rmSync(folder, { recursive: true, force: true });
});

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex').slice(0, 8);

async function* only(path: string): AsyncGenerator<FoundEntry> {
  const open = async () => ({ local: path, close: async () => {} });
  yield { entry: { path, bytes: 0, modified: 0, open } };
}

/** Returns path within the archive → digest of its bytes, or the reason why there are none. */
async function inside(path: string, sandbox: SandboxChoice = 'auto'): Promise<Record<string, string>> {
  const filter = new FileFilter({ archives: [...KINDS] });
  const all: Record<string, string> = {};
  const options = { kinds: KINDS, filter, hidden: true, scratch: () => scratch, sandbox };
  for await (const found of expandArchives(only(path), options)) {
    if ('lost' in found) {
      all[found.lost.path.replace(path, basename(path))] =
        `${found.lost.code}: ${english(found.lost.userMessage)}`;
      continue;
    }
    const name = found.entry.path.replace(path, basename(path));
    try {
      const opened = await found.entry.open();
      all[name] = digest(readFileSync(opened.local));
      await opened.close();
    } catch (error) {
      all[name] = (error as { code?: string }).code ?? String(error);
    }
  }
  return all;
}

const put = (name: string, bytes: Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

const TAR = tarOf([
  { path: 'in/one.png', bytes: PICTURE },
  { path: 'two.jpg', bytes: TRAINED },
]);

describe.each([
  { program: 'xz', ending: 'xz' },
  { program: 'bzip2', ending: 'bz2' },
  { program: 'zstd', ending: 'zst' },
] as const)('a tar that $program packed', ({ program, ending }) => {
  describeWith(program, 'is unpacked by it in the sandbox', () => {
    const packed = (bytes: Buffer) => execFileSync(program, ['-c'], { input: bytes, maxBuffer: 1024 ** 3 });

    it('gives each member its own bytes, whoever may read the archive', async () => {
      const path = put(`a.tar.${ending}`, packed(TAR));
      chmodSync(path, 0o600);
      expect(await inside(path)).toEqual({
        [`a.tar.${ending}!/in/one.png`]: digest(PICTURE),
        [`a.tar.${ending}!/two.jpg`]: digest(TRAINED),
      });
      expect(await inside(path, 'off')).toEqual(await inside(path));
    });

    it('says where it is cut off, is no tar, or grows without end', async () => {
      const whole = packed(Buffer.concat([TAR, Buffer.alloc(0)]));
      expect(await inside(put(`cut.tar.${ending}`, whole.subarray(0, whole.length - 40)))).toMatchObject({
        [`cut.tar.${ending}`]: expect.stringMatching(/^not-readable: .*cut off or damaged/),
      });
      expect(await inside(put(`no.tar.${ending}`, packed(TRAINED)))).toEqual({
        [`no.tar.${ending}`]: expect.stringMatching(/^not-readable: .*no tar archive/),
      });
      const bomb = put(`bomb.tar.${ending}`, packed(tarOf([{ path: 'a.png', bytes: ZEROS }])));
      expect(await inside(bomb)).toEqual({
        [`bomb.tar.${ending}`]: expect.stringMatching(/^not-checked: .*200 times its size/),
        [`bomb.tar.${ending}!/a.png`]: 'not-checked',
      });
    });
  });
});

describeWith('7z', 'a 7z archive', () => {
  let source: string;
  let turn = 0;
  const packed = (files: Record<string, Buffer>, ...options: string[]): string => {
    turn += 1;
    source = join(folder, `source-${turn}`);
    for (const [name, bytes] of Object.entries(files)) {
      mkdirSync(join(source, name, '..'), { recursive: true });
      writeFileSync(join(source, name), bytes);
    }
    const path = join(folder, `${turn}.7z`);
    execFileSync('7z', ['a', '-bd', ...options, path, '.'], { cwd: source, stdio: 'ignore' });
    return path;
  };

  it('gives each member its own bytes, packed together, under a name that is a label', async () => {
    const files = {
      'in/one.png': PICTURE,
      'none.bin': Buffer.alloc(0),
      'two\nSize = 1.jpg': TRAINED,
      '.z.png': PICTURE,
    };
    const path = packed(files);
    symlinkSync('/etc/passwd', join(source, 'link'));
    execFileSync('7z', ['a', '-bd', '-snl', path, 'link'], { cwd: source, stdio: 'ignore' });
    const expected = {
      '1.7z!/in/one.png': digest(PICTURE),
      '1.7z!/none.bin': digest(Buffer.alloc(0)),
      '1.7z!/two_Size = 1.jpg': digest(TRAINED),
      '1.7z!/.z.png': digest(PICTURE),
    };
    chmodSync(path, 0o644);
    expect(await inside(path)).toEqual(expected);
    // Only root may read it, so a program under another user could not.
    chmodSync(path, 0o600);
    expect(await inside(path)).toEqual(expected);
    expect(await inside(path, 'off')).toEqual(expected);
  });

  it('lies in other archives, and others in it', async () => {
    const inner = readFileSync(
      packed({ 'a.png': PICTURE, 'b.zip': zipOf([{ name: 'c.jpg', bytes: TRAINED }]) }),
    );
    expect(await inside(put('outer.tar', tarOf([{ path: 'x.7z', bytes: inner }])))).toEqual({
      'outer.tar!/x.7z!/a.png': digest(PICTURE),
      'outer.tar!/x.7z!/b.zip!/c.jpg': digest(TRAINED),
    });
  });

  it('says what is encrypted, damaged or would burst, and gives no member the bytes of another', async () => {
    const locked = packed({ 'a.png': PICTURE }, '-psecret');
    expect(await inside(locked)).toEqual({ [`${turn}.7z!/a.png`]: 'not-checked: it is encrypted' });
    const hidden = packed({ 'a.png': PICTURE }, '-psecret', '-mhe=on');
    expect(await inside(hidden)).toEqual({
      [`${turn}.7z`]: expect.stringMatching(/^not-readable: .*encrypted/),
    });
    const damaged = packed({ 'a.png': PICTURE, 'b.jpg': TRAINED, 'c.png': PICTURE.subarray(1) }, '-mx0');
    const bytes = readFileSync(damaged);
    bytes.writeUInt8(bytes.readUInt8(40) ^ 0xff, 40);
    writeFileSync(damaged, bytes);
    const said = await inside(damaged);
    expect(Object.values(said).filter((one) => one === 'not-readable').length).toBeGreaterThan(0);
    for (const [name, one] of Object.entries(said)) {
      const own = { a: PICTURE, b: TRAINED, c: PICTURE.subarray(1) }[name.at(-5) ?? ''];
      if (own !== undefined) expect(['not-readable', digest(own)]).toContain(one);
    }
    writeFileSync(damaged, bytes.subarray(0, bytes.length - 30));
    expect(await inside(damaged)).toEqual({
      [basename(damaged)]: expect.stringMatching(/^not-readable: .*damaged/),
    });
    const bomb = packed({ 'zeros.bin': ZEROS });
    expect(await inside(bomb)).toEqual({ [`${turn}.7z!/zeros.bin`]: 'not-checked' });
  });

  it('holds no more members than the bound', async () => {
    const { members } = archiveLimits;
    onTestFinished(() => void Object.assign(archiveLimits, { members }));
    Object.assign(archiveLimits, { members: 2 });
    const path = packed({ 'a.png': PICTURE, 'b.png': PICTURE, 'c.png': PICTURE });
    const said = await inside(path);
    expect(Object.keys(said)).toHaveLength(3);
    expect(said[basename(path)]).toMatch(/^not-checked: .*more than 2 files/);
  });
});

/** Child processes of this process, whichever of its threads started them. */
const children = (): string[] =>
  readdirSync('/proc/self/task')
    .map((one) => `/proc/self/task/${one}/children`)
    .filter((one) => existsSync(one))
    .flatMap((one) => readFileSync(one, 'utf8').split(' ').filter(Boolean));

describeWith('xz', 'a program that unpacks', () => {
  itWhere(process.platform === 'linux', 'Linux')('is ended when nobody asks any more', async () => {
    // Incompressible bytes: the program writes more than anyone reads.
    const path = put('noise', randomBytes(8 * 1024 ** 2));
    const before = new Set(children());
    const pieces = unpack({ program: 'xz', args: ['-0', '-c'], inputPath: path, sandbox: 'auto' });
    expect((await pieces.next()).value?.length).toBeGreaterThan(0);
    const own = children().filter((one) => !before.has(one));
    expect(own).not.toEqual([]);
    await pieces.return(undefined);
    await expect.poll(() => children().filter((one) => own.includes(one))).toEqual([]);
  });
});

describe('a program that unpacks', () => {
  it('that is missing, or has no sandbox where one is required, is a reason of its own', () => {
    const reason = (why: 'missing' | 'no-sandbox' | 'silent') =>
      archiveErrorOf(new UnpackFault(why, '7z'), { id: 'scan.archive.noSeven' });
    expect(reason('missing')).toMatchObject({
      code: 'not-checked',
      userMessage: { params: { package: '7zip' } },
    });
    expect(reason('no-sandbox')).toMatchObject({
      code: 'not-checked',
      userMessage: { id: 'scan.archive.noSandbox' },
    });
    expect(reason('silent')).toMatchObject({
      code: 'not-readable',
      userMessage: { id: 'scan.archive.silent' },
    });
  });

  it('is told by doctor, and by the header of a scan', async () => {
    const told = (all: Parameters<typeof toArchivePart>[0]) =>
      toDoctorPartView(toArchivePart(all), translatorFor('en'));
    expect(told([{ program: 'xz', path: '/usr/bin/xz', version: '5.8.1' }, { program: '7z' }])).toMatchObject(
      {
        state: 'limited',
        detail: 'xz 5.8.1',
        lost: expect.stringContaining('.7z'),
        remedy: expect.stringContaining('7zip'),
      },
    );
    expect(told([{ program: 'xz' }, { program: '7z' }])).toMatchObject({
      state: 'not-found',
      detail: inEnglish('doctor.archives.none'),
    });
    for (const one of await listUnpackerVersions()) expect(one).toMatch(/^(xz|bzip2|zstd|7z) \d+\.\d+/);
  });

  it('is never asked for RAR', () => {
    expect(archiveKindOf('a.rar')).toBeUndefined();
  });
});
