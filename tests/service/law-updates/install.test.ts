import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/core/law/evaluate.js';
import { listEditions } from '../../../src/core/law/findings.js';
import { getLawInForce, loadRulebooks, setLawInForce } from '../../../src/core/law/rulebooks/index.js';
import { textsOf } from '../../../src/core/law/rulebooks/texts.js';
import { readArchive } from '../../../src/service/law-updates/archive.js';
import { type InstallOptions, installLaw, rollBackLaw } from '../../../src/service/law-updates/install.js';
import { readOperatorKeys } from '../../../src/service/law-updates/keys.js';
import { LawFolder } from '../../../src/service/law-updates/law-folder.js';
import { loadLawFromFolder } from '../../../src/service/law-updates/law-of-folder.js';
import { readLawStatus } from '../../../src/service/law-updates/law-status.js';
import { listDisabled, loadLaw } from '../../../src/service/law-updates/loaded-law.js';
import { temporaryDirectory } from '../../http/posting.js';
import { BOOK, BUILT_IN_EDITION, builtInAfterwards, EXPIRES, newKeys, signedAs, TestLaw } from './law.js';

const NOW = new Date('2026-11-28T12:00:00Z');
const refused = (code: string) => expect.objectContaining({ name: 'LawRefusal', code });

/** Returns a folder for law, and archives to install. */
function place() {
  const folder = new LawFolder(join(temporaryDirectory(), 'law'));
  const keys = newKeys();
  const options = { folder, keys: [keys.publicKey], now: NOW };
  return {
    folder,
    keys,
    options,
    install: (archive: Buffer, more: Partial<InstallOptions> = {}) =>
      installLaw(archive, { ...options, ...more }),
  };
}

/** Installs a single rulebook, which is less to evaluate. */
const ONE_BOOK = { allowOlder: true };
/** The smallest of the others. */
const OTHER_BOOK = 'int-c2pa-conformance';
const oneBook = (edition = '2026-12-01') => new TestLaw(undefined, [BOOK]).saying(`Of ${edition}`, edition);

describe('installing', () => {
  it('puts a bundle in force, and going back puts in force what was before', async () => {
    builtInAfterwards();
    const { folder, keys, options, install } = place();
    expect(await readLawStatus({ folder }, NOW)).toMatchObject({ digest: undefined, before: [] });
    const first = await new TestLaw().saying('The first').bundle(keys);
    const second = await new TestLaw().saying('The second', '2026-12-04').bundle(keys);
    expect(await install(first.archive)).toMatchObject({ outcome: 'installed', before: undefined });
    expect(await install(second.archive)).toMatchObject({ outcome: 'installed', before: first.digest });
    expect(await install(second.archive)).toMatchObject({ outcome: 'unchanged' });
    expect(await readLawStatus({ folder }, NOW)).toMatchObject({
      ...{ digest: second.digest, stale: false, expires: EXPIRES, disabled: [], builtInIsLater: [] },
      before: [
        { digest: first.digest, whole: true },
        { digest: undefined, whole: true },
      ],
    });
    await loadLawFromFolder(folder.dir);
    const [book] = loadRulebooks([BOOK]);
    expect(book && textsOf(book, 'en').title).toBe('The second');

    expect(await rollBackLaw(undefined, options)).toEqual({ digest: first.digest, before: second.digest });
    // A caller that holds a rulebook keeps its texts while another law comes into force.
    expect(book && textsOf(book, 'zh-Hans').title).toBe('The second');
    await loadLawFromFolder(folder.dir);
    const [before] = loadRulebooks([BOOK]);
    expect(before && textsOf(before, 'en').title).toBe('The first');
    expect(await rollBackLaw(undefined, options)).toEqual({ digest: undefined, before: first.digest });
    await expect(rollBackLaw(undefined, options)).rejects.toEqual(refused('law.noneBefore'));
    expect((await folder.readCurrent())?.digest).toBeUndefined();
  });

  it('goes back to what is named, and to the program’s own from anywhere', async () => {
    const { keys, options, install } = place();
    const digests: string[] = [];
    for (const edition of ['2026-12-01', '2026-12-02', '2026-12-03']) {
      const { archive, digest } = await oneBook(edition).bundle(keys);
      await install(archive, ONE_BOOK);
      digests.push(digest);
    }
    const [first = '', second = ''] = digests;
    await expect(rollBackLaw(second.slice(0, 7), options)).rejects.toEqual(refused('law.notBefore'));
    await expect(rollBackLaw('0'.repeat(64), options)).rejects.toEqual(refused('law.notBefore'));
    expect((await rollBackLaw(first.slice(0, 12), options)).digest).toBe(first);
    expect((await rollBackLaw('built-in', options)).digest).toBeUndefined();
    const { archive } = await oneBook('2026-12-03').bundle(keys);
    await install(archive, ONE_BOOK);
    expect((await rollBackLaw('built-in', options)).digest).toBeUndefined();
  });

  it('says what is installed and broken, and does not go back to it', async () => {
    const { folder, keys, options, install } = place();
    const first = await oneBook().bundle(keys);
    const second = await oneBook('2026-12-02').bundle(keys);
    await install(first.archive, ONE_BOOK);
    await install(second.archive, ONE_BOOK);
    const file = (digest: string) => join(folder.dir, digest, 'rulebooks', BOOK, 'texts.en.json');
    writeFileSync(file(first.digest), readFileSync(file(first.digest), 'utf8').replace('Of 2026', 'Of 2062'));
    await expect(rollBackLaw(undefined, options)).rejects.toMatchObject({ name: 'LawRefusal' });
    expect((await readLawStatus({ folder }, NOW)).before[0]).toEqual({ digest: first.digest, whole: false });
    rmSync(file(second.digest));
    expect(await readLawStatus({ folder }, NOW)).toMatchObject({
      digest: second.digest,
      fault: expect.anything(),
    });
    await expect(loadLawFromFolder(folder.dir)).rejects.toMatchObject({ name: 'LawRefusal' });
    // Installing it again repairs it.
    expect(await install(second.archive, ONE_BOOK)).toMatchObject({ outcome: 'unchanged' });
    expect(await readLawStatus({ folder }, NOW)).not.toHaveProperty('fault');
    expect((await loadLaw(folder, second.digest)).books.size).toBe(1);
  });

  it('keeps law that can be gone back to, and no other', async () => {
    const { folder, keys, install } = place();
    const installed = async (edition: string) =>
      install((await oneBook(edition).bundle(keys)).archive, ONE_BOOK);
    for (let day = 10; day <= 20; day += 1) await installed(`2026-12-${day}`);
    // A law that can no longer be restored is deleted once no other process can be about to read it.
    expect(await folder.listDigests()).toHaveLength(11);
    const hoursAgo = new Date(Date.now() - 7_200_000);
    for (const digest of await folder.listDigests()) utimesSync(join(folder.dir, digest), hoursAgo, hoursAgo);
    await installed('2026-12-21');
    expect(await folder.listDigests()).toHaveLength(9);
    const { before } = await readLawStatus({ folder }, NOW);
    expect(before).toHaveLength(8);
    expect(before.every(({ whole }) => whole)).toBe(true);
  });
});

describe('a bundle is refused, and what was in force stays,', () => {
  /** Returns a law in force that must stay unchanged. */
  async function inForce(law = oneBook()) {
    const at = place();
    const { archive, digest } = await law.bundle(at.keys);
    await at.install(archive, ONE_BOOK);
    const before = readFileSync(join(at.folder.dir, 'current.json'), 'utf8');
    const refuses = async (code: string, other: Buffer, more: Partial<InstallOptions> = ONE_BOOK) => {
      await expect(at.install(other, more)).rejects.toEqual(refused(code));
      expect(readFileSync(join(at.folder.dir, 'current.json'), 'utf8')).toBe(before);
      expect(readdirSync(at.folder.dir).sort()).toEqual([digest, 'current.json'].sort());
      expect((await loadLaw(at.folder, digest)).books.size).toBeGreaterThan(0);
    };
    return { ...at, archive, digest, refuses };
  }

  it('where a byte differs, wherever it is', async () => {
    const { archive, refuses } = await inForce();
    const manifest = archive.indexOf('"schema"');
    const book = archive.indexOf('"jurisdiction"');
    const changed = (at: number) => {
      const other = Buffer.from(archive);
      other[at] = (other[at] ?? 0) ^ 1;
      return other;
    };
    await refuses('law.signature', changed(manifest + 20));
    await refuses('law.files', changed(book + 2));
    await refuses('law.archive', changed(archive.length - 1));
  });

  it('signed by another key, or by none that was named', async () => {
    const { refuses, keys } = await inForce();
    const others = newKeys();
    await refuses('law.signature', (await oneBook('2026-12-02').bundle(others)).archive);
    await refuses('law.signature', (await oneBook('2026-12-02').bundle(keys)).archive, {
      ...ONE_BOOK,
      keys: [],
    });
  });

  it('with a file more, or less, or another one, than it names', async () => {
    const { archive, refuses, keys } = await inForce();
    const parts = readArchive(archive);
    const manifest = JSON.parse(parts[0]?.bytes.toString('utf8') ?? '');
    const stray = { name: `rulebooks/${BOOK}/texts.fr.json`, bytes: Buffer.from('{}') };
    await refuses('law.files', signedAs([...parts, stray], keys, { files: manifest.files }));
    await refuses(
      'law.files',
      signedAs(
        parts.filter(({ name }) => !name.endsWith('cases.json')),
        keys,
        { files: manifest.files },
      ),
    );
    await refuses(
      'law.book',
      signedAs(parts, keys, { books: [{ ...manifest.books[0], edition: '2027-01-01' }] }),
    );
    await refuses(
      'law.book',
      signedAs(parts, keys, { books: [{ ...manifest.books[0], id: 'another-book' }] }),
    );
  });

  it('past its last day', async () => {
    const { refuses, keys, install } = await inForce();
    const { archive } = await oneBook('2026-12-02').bundle(keys, { expires: '2026-11-28' });
    await refuses('law.expired', archive, { ...ONE_BOOK, now: new Date('2026-11-29T00:00:00Z') });
    expect(await install(archive, { ...ONE_BOOK, now: new Date('2026-11-28T23:59:59Z') })).toMatchObject({
      outcome: 'installed',
    });
  });

  it('made for a later Assay, or of another schema', async () => {
    const { archive, refuses, keys } = await inForce();
    const parts = readArchive(archive);
    await refuses('law.version', signedAs(parts, keys, { leastVersion: '0.2.1' }));
    await refuses('law.version', signedAs(parts, keys, { leastVersion: '10.0.0' }));
    const rewritten = (how: (manifest: Record<string, unknown>) => void) => {
      const manifest = JSON.parse(parts[0]?.bytes.toString('utf8') ?? '');
      how(manifest);
      return signedAs(parts, keys, {}, Buffer.from(JSON.stringify(manifest)));
    };
    await refuses(
      'law.schema',
      rewritten((manifest) => Object.assign(manifest, { schema: 'assay.law/2' })),
    );
    await refuses(
      'law.manifest',
      rewritten((manifest) => Object.assign(manifest, { more: true })),
    );
    await refuses(
      'law.manifest',
      rewritten((manifest) => Object.assign(manifest, { expires: '2027-02-30' })),
    );
    await refuses(
      'law.manifest',
      rewritten((manifest) => Object.assign(manifest, { books: [] })),
    );
  });

  it('whose rules, words or cases do not hold', async () => {
    const { archive, refuses, keys } = await inForce();
    const parts = readArchive(archive);
    // A later edition, because another text must have another edition.
    const written = (file: string, how: (json: string) => string) =>
      signedAs(
        parts.map(({ name, bytes }) => {
          const text = bytes.toString('utf8');
          const later = name.endsWith('book.json') ? text.replace('2026-12-01', '2026-12-05') : text;
          return { name, bytes: Buffer.from(name === `rulebooks/${BOOK}/${file}` ? how(later) : later) };
        }),
        keys,
      );
    const replacing = (one: string, other: string) => (text: string) => {
      expect(text).toContain(one);
      return text.replace(one, other);
    };
    await refuses('law.rules', written('clauses.json', replacing('"kind": "mark"', '"kind": "verdict"')));
    await refuses('law.rules', written('texts.zh-Hans.json', replacing('"title"', '"other"')));
    await refuses('law.cases', written('cases.json', replacing('"answered"', '"superseded"')));
    await refuses(
      'law.rules',
      written('cases.json', () => '{}'),
    );
  });

  it('older than what is in force, unless that is meant', async () => {
    const two = (title?: string, edition?: string) => {
      const law = new TestLaw(undefined, [BOOK, OTHER_BOOK]);
      return title === undefined ? law : law.saying(title, edition);
    };
    const { refuses, keys, install } = await inForce(two('Newer', '2026-12-05'));
    const older = await two('Older', '2026-12-04').bundle(keys);
    await refuses('law.older', older.archive, {});
    await refuses('law.older', (await two().bundle(keys)).archive, {});
    await refuses('law.withoutBook', (await oneBook('2026-12-06').bundle(keys)).archive, {});
    await refuses('law.sameEdition', (await two('Otherwise', '2026-12-05').bundle(keys)).archive, ONE_BOOK);
    const again = await two('Newer', '2026-12-05').bundle(keys, { made: '2026-11-27' });
    await refuses('law.olderBundle', again.archive, {});
    expect(await install(older.archive, ONE_BOOK)).toMatchObject({ outcome: 'installed' });
  });

  it('older than what the program came with, where nothing is installed', async () => {
    const { install, keys, folder } = place();
    const older = await new TestLaw().saying('Older', '2026-11-01').bundle(keys);
    await expect(install(older.archive)).rejects.toEqual(refused('law.older'));
    const same = await new TestLaw().saying('Otherwise', BUILT_IN_EDITION).bundle(keys);
    await expect(install(same.archive)).rejects.toEqual(refused('law.sameEdition'));
    expect(await folder.readCurrent()).toBeUndefined();
  });
});

describe('the second edition of a day is newer than the first, and the tenth than the second', () => {
  it('is taken in that order', async () => {
    const { install, keys } = place();
    await install((await oneBook('2026-12-01').bundle(keys)).archive, ONE_BOOK);
    for (const edition of ['2026-12-01.2', '2026-12-01.10', '2026-12-02'])
      await install((await oneBook(edition).bundle(keys)).archive);
    const earlier = await oneBook('2026-12-01.11').bundle(keys);
    await expect(install(earlier.archive)).rejects.toEqual(refused('law.older'));
  });
});

describe('a clause that names a signal unknown here', () => {
  it('is disabled and told, and the others of its book stand', async () => {
    builtInAfterwards();
    const { folder, keys, install } = place();
    const law = new TestLaw(undefined, [BOOK]).edition('2026-12-01').clauses((clauses) => {
      for (const clause of clauses)
        if (clause.id === '11.4-label') clause['trigger'] = { any: [{ signal: 'file.signalOfTomorrow' }] };
    });
    const ofTomorrow = {
      name: 'what only a later version can see',
      asOf: '2026-12-01',
      kind: 'image',
      signals: [{ id: 'file.signalOfTomorrow', backing: 'unsigned' }],
      expect: { '11.4-label': 'look' },
    };
    law.change<unknown[]>('cases.json', (cases) => void cases.push(ofTomorrow));
    const { archive, disabled } = await law.bundle(keys);
    const off = { book: BOOK, rule: '11.4-label', signal: 'file.signalOfTomorrow' };
    expect(disabled).toEqual([off]);
    expect(listDisabled((await install(archive, ONE_BOOK)).law.books)).toEqual([off]);
    expect((await readLawStatus({ folder }, NOW)).disabled).toEqual([off]);
    await loadLawFromFolder(folder.dir);
    const books = loadRulebooks();
    expect(listEditions(books).filter((one) => one.disabled !== undefined)).toMatchObject([
      {
        id: BOOK,
        edition: '2026-12-01',
        disabled: [{ rule: '11.4-label', signal: 'file.signalOfTomorrow' }],
      },
    ]);
    const findings = evaluate(books, {
      kind: 'image',
      signals: [],
      unknowable: new Set(),
      asOf: '2026-12-01',
    });
    const rules = findings.filter(({ rulebook }) => rulebook === BOOK).map(({ rule }) => rule);
    expect(rules).toContain('11-machine-readable');
    expect(rules).not.toContain('11.4-label');
    const own = getLawInForce().digest;
    setLawInForce();
    expect(getLawInForce().digest).not.toBe(own);
  });
});

describe('keys', () => {
  it('may be several in a file, are Ed25519, and never private', async () => {
    const [one, other] = [newKeys(), newKeys()];
    const both = join(temporaryDirectory(), 'both.pem');
    writeFileSync(both, readFileSync(one.publicFile, 'utf8') + readFileSync(other.publicFile, 'utf8'));
    expect(await readOperatorKeys(both)).toHaveLength(2);
    expect(await readOperatorKeys([one.publicFile, other.publicFile])).toHaveLength(2);
    await expect(readOperatorKeys(undefined)).rejects.toEqual(refused('law.noKey'));
    await expect(readOperatorKeys(one.privateFile)).rejects.toEqual(refused('law.keyPrivate'));
    await expect(readOperatorKeys('/nowhere.pem')).rejects.toEqual(refused('law.key'));
    const rsa = join(temporaryDirectory(), 'rsa.pem');
    const { generateKeyPairSync } = await import('node:crypto');
    writeFileSync(
      rsa,
      generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }),
    );
    await expect(readOperatorKeys(rsa)).rejects.toEqual(refused('law.key'));
    const { archive } = await oneBook().bundle(other);
    const folder = new LawFolder(temporaryDirectory());
    const keys = await readOperatorKeys(both);
    expect(await installLaw(archive, { folder, keys, now: NOW, allowOlder: true })).toMatchObject({
      outcome: 'installed',
    });
  });
});
