import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Header } from 'tar';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { message } from '../../src/i18n/message.js';
import { archiveLimits } from '../../src/scan/archives/archive-limits.js';
import { expandArchives } from '../../src/scan/archives/members.js';
import type { FoundEntry, LostEntry } from '../../src/scan/sources/entry.js';
import { FileFilter } from '../../src/scan/sources/filter.js';
import { TempSpace } from '../../src/scan/sources/scratch.js';
import { english } from '../i18n/english.js';
import { zipOf } from '../scan/archive-files.js';
import { WHOLE } from '../support/whole.js';
import { repeated } from './past.js';

/** Everything beyond a limit of an archive gets a record that says so; no file may be missing silently. */
let folder: string;
let scratch: TempSpace;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-archive-bounds-'));
  scratch = TempSpace.begin(folder);
});
afterAll(() => {
  scratch.end();
  rmSync(folder, { recursive: true, force: true });
});

async function* only(name: string, bytes: Buffer): AsyncGenerator<FoundEntry> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  yield {
    entry: {
      path,
      bytes: bytes.length,
      modified: 0,
      open: async () => ({ local: path, close: async () => {} }),
    },
  };
}

async function foundIn(name: string, bytes: Buffer) {
  const options = {
    kinds: ['zip', 'tar'] as const,
    filter: new FileFilter({ archives: ['zip', 'tar'] }),
    hidden: true,
    scratch: () => scratch,
    sandbox: 'auto' as const,
  };
  const found: FoundEntry[] = [];
  for await (const one of expandArchives(only(name, bytes), options)) found.push(one);
  return {
    entries: found.flatMap((one) => ('entry' in one ? [one.entry.path.slice(folder.length + 1)] : [])),
    lost: found.flatMap((one) =>
      'lost' in one ? [{ ...one.lost, path: one.lost.path.slice(folder.length + 1) }] : [],
    ),
  };
}

const one = (name: string, bytes: Buffer) => zipOf([{ name, bytes, method: 0 }]);
const EMPTY = Buffer.alloc(0);

/** One tar entry by its header alone, without its content. */
function headOf(bytes: number): Buffer {
  const block = Buffer.alloc(512);
  new Header({ path: 'a.png', mode: 0o644, size: bytes, type: 'File', mtime: new Date(0) }).encode(block, 0);
  return block;
}

const PAST_ARCHIVES = {
  depth: {
    zip: () => one('2.zip', one('3.zip', one('4.zip', one('a.png', EMPTY)))),
    lost: 'a.zip!/2.zip!/3.zip!/4.zip',
  },
  ratio: {
    zip: () => zipOf([{ name: 'a.png', bytes: Buffer.alloc(archiveLimits.ratioFromBytes + 1) }]),
    lost: 'a.zip!/a.png',
  },
} as const;

const inEnglish = ({ userMessage, ...lost }: LostEntry) => ({ ...lost, message: english(userMessage) });

describe('an archive that goes past a bound says so', () => {
  it.each(Object.entries(PAST_ARCHIVES))('%s', async (_, { zip, lost }) => {
    const found = await foundIn('a.zip', zip());
    expect(found.lost.map(inEnglish)).toEqual([
      { path: lost, code: 'not-checked', message: expect.stringMatching(/more than \d/) },
    ]);
  });

  it('members: those before the bound are there', async () => {
    const { members } = archiveLimits;
    onTestFinished(() => void Object.assign(archiveLimits, { members }));
    // The full number of members takes a minute; a smaller limit also shows that no more than the limit are read.
    if (!WHOLE) Object.assign(archiveLimits, { members: 5_000 });
    const tar = Buffer.concat([repeated(headOf(0), archiveLimits.members + 1), Buffer.alloc(1_024)]);
    const { entries, lost } = await foundIn('a.tar', tar);
    expect(entries).toHaveLength(archiveLimits.members);
    const told = expect.stringContaining(`it holds more than ${archiveLimits.members} files`);
    expect(lost.map(inEnglish)).toEqual([{ path: 'a.tar', code: 'not-checked', message: told }]);
  });

  it('memberBytes', async () => {
    const { lost } = await foundIn('a.tar', headOf(archiveLimits.memberBytes + 1));
    expect(lost.map(inEnglish)[0]).toEqual({
      path: 'a.tar!/a.png',
      code: 'not-checked',
      message: english(message('scan.archive.memberBytes')),
    });
  });

  it('nameCharacters: cut and numbered, so that no two names become one', async () => {
    const name = 'x'.repeat(archiveLimits.nameCharacters);
    const zip = zipOf(
      ['a.png', 'b.png'].map((end) => ({ name: `${name}${end}`, bytes: EMPTY, method: 0 as const })),
    );
    expect((await foundIn('a.zip', zip)).entries).toEqual([`a.zip!/${name}…#1`, `a.zip!/${name}…#2`]);
  });
});

const NOT_REACHED = {
  bytes: 'It takes 256 GiB to go past it; memberBytes takes the same way.',
  ratioFromBytes: 'Where the bound on the ratio begins.',
} as const;

it('every bound of archives has a file that goes past it, or stands in the list', () => {
  const source = readFileSync(new URL(import.meta.url), 'utf8');
  for (const key of Object.keys(archiveLimits)) {
    const tested = key in PAST_ARCHIVES || source.includes(`it('${key}`);
    expect([key, tested !== key in NOT_REACHED]).toEqual([key, true]);
  }
});
