import { createPublicKey } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/core/law/evaluate.js';
import { listEditions } from '../../../src/core/law/findings.js';
import { getBuiltInLaw, loadRulebooks } from '../../../src/core/law/rulebooks/index.js';
import { makeBundle } from '../../../src/service/law-updates/bundle.js';
import {
  type InstallOptions,
  installLaw,
  removeLayer,
  rollBackLaw,
} from '../../../src/service/law-updates/install.js';
import type { TrustedKey } from '../../../src/service/law-updates/keys.js';
import { LawFolder } from '../../../src/service/law-updates/law-folder.js';
import { loadLawFromFolder } from '../../../src/service/law-updates/law-of-folder.js';
import { scaffoldBook } from '../../../src/service/law-updates/law-scaffold.js';
import { readLawSource } from '../../../src/service/law-updates/law-source.js';
import { readLawStatus } from '../../../src/service/law-updates/law-status.js';
import { LawWatcher } from '../../../src/service/law-updates/law-watch.js';
import type { DisabledClause } from '../../../src/service/law-updates/manifest.js';
import { LawRepository } from '../../../src/storage/law/kysely-laws.js';
import { testStores } from '../../http/harness.js';
import { temporaryDirectory } from '../../http/posting.js';
import { BOOK, builtInAfterwards, EXPIRES, type Keys, MADE, newKeys, TestLaw } from './law.js';

const NOW = new Date('2026-12-02T12:00:00Z');
const DESK = 'Example News, legal desk';
const refused = (code: string) => expect.objectContaining({ name: 'LawRefusal', code });

/** The book of `assay law new`, with a source that can be looked up. */
const bookText = (id = 'es-labels-2027'): string =>
  scaffoldBook(id, '2026-12-02').replaceAll('www.example.org', 'www.boe.es');

/** Returns a folder with those source files. */
function sourceOf(files: Readonly<Record<string, string>>): string {
  const folder = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

interface Layer {
  signer?: string;
  books?: readonly string[];
  disables?: readonly DisabledClause[];
  edition?: string;
  made?: string;
}

/** Signs the scaffold under each id as a layer, and what it disables. */
async function signed(keys: Keys, { signer = DESK, books = [], disables = [], edition, made }: Layer) {
  const files = books.map((id) => {
    const text = bookText(id);
    return [
      `${id}.yaml`,
      edition === undefined ? text : text.replace(/^edition: .*/m, `edition: "${edition}"`),
    ];
  });
  const source =
    books.length === 0 ? { files: [], faults: [] } : await readLawSource(sourceOf(Object.fromEntries(files)));
  expect(source.faults).toEqual([]);
  const options = {
    signer,
    key: keys.privateKey,
    made: made ?? MADE,
    expires: EXPIRES,
    leastVersion: '0.2.0',
  };
  return makeBundle({ ...options, files: source.files, disables });
}

/** Returns a folder for law whose operator trusts Assay's key and two desks, the first of which ranks higher. */
function place() {
  builtInAfterwards();
  const [assay, high, low] = [newKeys(), newKeys(undefined, false), newKeys(undefined, false)];
  const folder = new LawFolder(join(temporaryDirectory(), 'law'));
  const keys = [assay, high, low].map((one) => one.publicKey);
  const options = { folder, keys, now: NOW };
  const install = async (layer: Promise<{ archive: Buffer }>, more: Partial<InstallOptions> = {}) =>
    installLaw((await layer).archive, { ...options, ...more });
  const current = () => readFileSync(join(folder.dir, 'current.json'), 'utf8');
  return { assay, high, low, folder, options, install, current };
}

const disable = (rule: string, book = BOOK): DisabledClause => ({ book, rule, reason: 'under review' });
const rulesOf = (id: string) => getBuiltInLaw().laws.get(id) as { rules: { id: string }[] };

describe('a layer', () => {
  it('adds a book, whose findings name who signed it, and leaves Assay’s own as it is', async () => {
    const { high, folder, install, options } = place();
    const done = await install(signed(high, { books: ['es-labels-2027'] }));
    expect(done).toMatchObject({ outcome: 'installed', before: undefined });
    expect(done.after).toBe(`built-in+${done.bundle.digest}`);
    await loadLawFromFolder(folder.dir);
    const books = loadRulebooks();
    expect(books).toHaveLength(getBuiltInLaw().ids.length + 1);
    const facts = { kind: 'image' as const, signals: [], unknowable: new Set<never>(), asOf: '2027-02-01' };
    const findings = evaluate(books, facts);
    expect(new Set(findings.map((one) => `${one.rulebook === 'es-labels-2027'} ${one.bookSigner}`))).toEqual(
      new Set([`true ${DESK}`, 'false assay']),
    );
    const [edition, ...others] = listEditions(books).reverse();
    expect(edition).toMatchObject({ id: 'es-labels-2027', signer: { name: DESK } });
    expect(others.every(({ signer }) => signer === undefined)).toBe(true);
    expect(await readLawStatus({ folder }, NOW)).toMatchObject({
      layers: [{ signer: { name: DESK }, stale: false }],
      disabled: [],
    });
    expect(await removeLayer(DESK, options)).toMatchObject({ digest: undefined, signer: DESK });
    await loadLawFromFolder(folder.dir);
    expect((await rollBackLaw(undefined, options)).digest).toBe(done.after);
  });

  it('disables clauses: they give no finding, and it is said who disabled them and why', async () => {
    const { high, folder, install } = place();
    const [first] = rulesOf(BOOK).rules;
    const done = await install(signed(high, { disables: [disable(first?.id ?? '')] }));
    const off = { book: BOOK, rule: first?.id, by: DESK, reason: 'under review' };
    expect((await readLawStatus({ folder }, NOW)).disabled).toMatchObject([off]);
    const digest = getBuiltInLaw().laws.get(BOOK);
    const now = done.law.books.get(BOOK);
    // A stored answer holds for the digest, so it is not given again.
    expect(now?.digest).not.toBe(digest instanceof Error ? undefined : digest?.digest);
    await loadLawFromFolder(folder.dir);
    const [edition] = listEditions(loadRulebooks([BOOK]));
    expect(edition?.disabled).toMatchObject([{ rule: first?.id, by: DESK, reason: 'under review' }]);
    expect(loadRulebooks([BOOK])[0]?.rules.map(({ id }) => id)).not.toContain(first?.id);
  });

  it('that disables everything is shown as what it does', async () => {
    const { high, folder, install } = place();
    const all = loadRulebooks().flatMap(({ id, rules }) => rules.map((rule) => disable(rule.id, id)));
    await install(signed(high, { disables: all }));
    const { disabled, books } = await readLawStatus({ folder }, NOW);
    expect(disabled).toHaveLength(all.length);
    expect(books).toHaveLength(getBuiltInLaw().ids.length);
    await loadLawFromFolder(folder.dir);
    const facts = { kind: 'image' as const, signals: [], unknowable: new Set<never>(), asOf: '2027-02-01' };
    expect(evaluate(loadRulebooks(), facts)).toEqual([]);
  });

  it('stays when Assay’s own text is updated, and gives way to a later one of its signer alone', async () => {
    const { assay, high, low, folder, install } = place();
    await install(signed(high, { books: ['es-labels-2027'] }));
    await install(signed(low, { signer: 'Second desk', books: ['pt-labels-2027'] }));
    const update = new TestLaw().saying('Of an update', '2026-12-09').bundle(assay);
    const { law } = await install(update);
    expect(law.base?.manifest.signer.name).toBe('Assay');
    expect(law.layers.map(({ manifest }) => manifest.signer.name)).toEqual([DESK, 'Second desk']);
    const later = await install(signed(high, { books: ['es-labels-2027'], edition: '2026-12-10' }));
    expect(later.law.layers).toHaveLength(2);
    expect(later.law.books.get('es-labels-2027')?.edition).toBe('2026-12-10');
    expect((await readLawStatus({ folder }, NOW)).books.at(-1)).toMatchObject({ signer: 'Second desk' });
  });

  it('ranks by the order of the keys, whichever was installed first', async () => {
    const { high, low, install, options } = place();
    await install(signed(low, { signer: 'Second desk', books: ['pt-labels-2027'] }));
    const { law } = await install(signed(high, { books: ['es-labels-2027'] }));
    expect(law.layers.map(({ manifest }) => manifest.signer.name)).toEqual([DESK, 'Second desk']);
    const higher = signed(low, {
      ...{ signer: 'Second desk', books: ['pt-labels-2027'] },
      disables: [disable('3.1-label', 'es-labels-2027')],
    });
    await expect(install(higher)).rejects.toEqual(refused('law.rank'));
    const lower = signed(high, {
      ...{ books: ['es-labels-2027'], disables: [disable('3.1-label', 'pt-labels-2027')] },
    });
    expect((await install(lower)).law.books.get('pt-labels-2027')?.rules).toEqual([]);
    // What a layer disables may go away later; that is told, and nothing fails.
    const done = await removeLayer('Second desk', options);
    expect(done.digest).toBeDefined();
    expect((await readLawStatus(options, NOW)).idle).toMatchObject([{ book: 'pt-labels-2027', why: 'gone' }]);
  });
});

describe('machines that share a database', () => {
  it('have the same layers, each after its own check of every signature', async () => {
    const { database } = await testStores(temporaryDirectory());
    const shared = new LawRepository(database);
    const { assay, high, low, folder, install } = place();
    await install(new TestLaw().saying('Of an update', '2026-12-09').bundle(assay), { shared });
    const { after } = await install(signed(high, { books: ['es-labels-2027'] }), { shared });
    const elsewhere = new LawFolder(temporaryDirectory());
    const follow = async (keys: readonly TrustedKey[]) => {
      const loadKeys = async () => keys;
      const watch = new LawWatcher({ folder: elsewhere, shared, loadKeys, log: () => undefined });
      await watch.start();
      watch.stop();
      return watch.digest;
    };
    await expect(follow([assay.publicKey, low.publicKey])).rejects.toEqual(refused('law.signature'));
    // A machine that calls another key Assay's must not take the layer for Assay's text.
    await expect(follow([assay.publicKey, { ...high.publicKey, isAssays: true }])).rejects.toEqual(
      refused('law.signer'),
    );
    expect(await follow([assay.publicKey, high.publicKey])).toBe(after);
    expect(loadRulebooks(['es-labels-2027'])[0]?.signer?.name).toBe(DESK);
    expect(await elsewhere.listDigests()).toEqual(await folder.listDigests());
    // Another machine installs on top, though it has none of the archives yet.
    const third = { folder: new LawFolder(temporaryDirectory()), shared };
    const added = await install(signed(low, { signer: 'Second desk', books: ['pt-labels-2027'] }), third);
    expect(added.law.layers).toHaveLength(2);
    await database.close();
  });
});

describe('a layer is refused whole, and the law in force stays,', () => {
  it.each<[code: string, layer: Layer]>([
    ['law.bookTwice', { books: ['es-labels-2027', BOOK] }],
    ['law.noClause', { books: ['es-labels-2027'], disables: [disable('no-such-clause')] }],
    ['law.noClause', { books: ['es-labels-2027'], disables: [disable('1', 'no-such-book')] }],
    ['law.older', { books: ['es-labels-2027'], edition: '2026-11-01' }],
    ['law.withoutBook', { books: ['es-other-2027'] }],
    ['law.olderBundle', { books: ['es-labels-2027'], made: '2026-01-01' }],
  ])('%s: %j', async (code, layer) => {
    const { high, install, current, folder } = place();
    await install(signed(high, { books: ['es-labels-2027'] }));
    const before = [current(), readdirSync(folder.dir).sort()];
    await expect(install(signed(high, layer))).rejects.toEqual(refused(code));
    expect([current(), readdirSync(folder.dir).sort()]).toEqual(before);
  });

  it('where its name is Assay’s or another’s, or its key is not trusted', async () => {
    const { assay, high, low, install } = place();
    for (const signer of ['assay', 'Аssay', 'A S S A Y', 'Ässay'])
      await expect(signed(high, { signer, books: ['es-labels-2027'] })).rejects.toEqual(
        refused('law.signer'),
      );
    const asAssay = await new TestLaw(undefined, [BOOK]).saying('Mine', '2026-12-09').bundle(high);
    await expect(install(Promise.resolve(asAssay))).rejects.toEqual(refused('law.signer'));
    await expect(install(signed(assay, { books: ['es-labels-2027'] }))).rejects.toEqual(
      refused('law.signer'),
    );
    await install(signed(high, { books: ['es-labels-2027'] }));
    await expect(install(signed(low, { books: ['pt-labels-2027'] }))).rejects.toEqual(
      refused('law.signerTwice'),
    );
    const unknown = newKeys(undefined, false);
    await expect(install(signed(unknown, { books: ['pt-labels-2027'] }))).rejects.toEqual(
      refused('law.signature'),
    );
    // The name passes to a new key once the operator no longer trusts the earlier one.
    const keys = [unknown.publicKey];
    const { law } = await install(signed(unknown, { books: ['es-labels-2027'] }), { keys });
    expect(law.layers.map(({ manifest }) => manifest.signer.name)).toEqual([DESK]);
    expect(createPublicKey(unknown.privateKey).equals(unknown.publicKey.key)).toBe(true);
  });

  it('where its signer’s name would hide or reorder what is shown', async () => {
    const { high } = place();
    for (const signer of ['', ' desk', 'a\u001b[31m', 'a\u202eb', 'a\nb', 'x'.repeat(81)])
      await expect(signed(high, { signer, books: ['es-labels-2027'] })).rejects.toEqual(
        refused('law.signer'),
      );
  });
});

describe('a source', () => {
  const faultsOf = async (how: (text: string) => string, name = 'es-labels-2027.yaml') => {
    const changed = how(bookText());
    expect(changed).not.toBe(bookText());
    const { faults } = await readLawSource(sourceOf({ [name]: changed }));
    return faults.map(({ file, line, column, why }) => `${file}:${line}:${column}: ${why}`);
  };

  it('is every book of Assay’s own, exported and read again, to the same digest', async () => {
    const { exportBook } = await import('../../../src/service/law-updates/law-export.js');
    const folder = temporaryDirectory();
    for (const book of loadRulebooks())
      writeFileSync(join(folder, `${book.id}.yaml`), await exportBook(book));
    const { files, faults, books } = await readLawSource(folder);
    expect(faults).toEqual([]);
    expect(books).toHaveLength(loadRulebooks().length);
    const { describeBook, groupByBook } = await import('../../../src/service/law-updates/open-bundle.js');
    const described = [...groupByBook(files)].map(([id, of]) => describeBook(id, of));
    const own = loadRulebooks().map(({ id, edition, digest }) => ({ id, edition, digest }));
    expect(described.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
      own.sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  });

  it('may be JSON as well', async () => {
    const { parse } = await import('yaml');
    const folder = sourceOf({ 'es-labels-2027.json': JSON.stringify(parse(bookText()), null, 2) });
    expect((await readLawSource(folder)).faults).toEqual([]);
  });

  it.each<[name: string, how: (text: string) => string, fault: RegExp]>([
    [
      'an unknown kind',
      (text) => text.replace('kind: mark', 'kind: marks'),
      /:42:11: kind must be one of mark, tell, /,
    ],
    ['an unknown member', (text) => text.replace('    kind: mark', '    kinds: mark'), /kinds is no member/],
    [
      'a source that is a script',
      (text) => text.replace('https://www.boe.es/law/article-3', 'javascript:alert(1)'),
      /:\d+:18: address must match pattern "\^https:/,
    ],
    [
      'a source of an example',
      (text) => text.replace('www.boe.es/law/article', 'www.example.org/article'),
      /:18: is the address of an example/,
    ],
    [
      'a source without a day',
      (text) => text.replace(/ {8}seenOn: .*\n/, ''),
      /must have required properties seenOn/,
    ],
    [
      'no source with an address',
      (text) => text.replace(/ {8}address: .*\n/, ''),
      /3\.1-label\/sources\/0 has no address/,
    ],
    [
      'ANSI',
      (text) => text.replace('part.label: a label', 'part.label: "\\e[2Ja" # a label'),
      /invisible character/,
    ],
    [
      'bidi',
      (text) => text.replace('title: A label', 'title: A \u202elabel'),
      /:16: has an invisible character/,
    ],
    [
      'a forbidden word',
      (text) => text.replace('A label in the file', 'A genuine file'),
      /“genuine”, which Assay never says/,
    ],
    [
      'a forbidden word in Chinese',
      (text) => text.replace('title: 文件中的标签', 'title: 真实文件'),
      /“真实”/,
    ],
    [
      'a signal that does not exist',
      (text) => text.replace('signal: file.aiMark.signed', 'signal: file.mark'),
      /names a signal that there is not: file\.mark/,
    ],
    [
      'a day that does not exist',
      (text) => text.replace('from: "2027-01-01"', 'from: "2027-02-30"'),
      /is no day: 2027-02-30/,
    ],
    [
      'no case before a date',
      (text) => text.replace('asOf: "2026-12-31"', 'asOf: "2026-12-30"'),
      /has no case that says what 3\.1-label gives on 2026-12-31/,
    ],
    [
      'a missing text',
      (text) => text.replace(/ {8}part\.label: a label.*\n/, ''),
      /en: 3\.1-label\.part\.label is missing/,
    ],
    [
      'an unused text',
      (text) => text.replace('        asks: A file', '        more: text\n        asks: A file'),
      /3\.1-label\.more is a text/,
    ],
    [
      'a placeholder that the clause does not give',
      (text) => text.replace('title: A label', 'title: A {value}'),
      /has the places \{value\}/,
    ],
    [
      'no English',
      (text) =>
        text
          .replace('  en:\n    title: Spain', '  fr:\n    title: Spain')
          .replace('      en:\n', '      fr:\n'),
      /has no English/,
    ],
    ['broken YAML', (text) => text.replace('clauses:', 'clauses: ['), /:\d+:\d+: /],
    ['a member twice', (text) => text.replace('kind: law', 'kind: law\nkind: code'), /unique/],
    [
      'an alias',
      (text) => text.replace('binds: [provider]', 'binds: &a [provider]'),
      /anchors and aliases are not read/,
    ],
    ['a tag', (text) => text.replace('number: Law 1/2027', 'number: !!js/function "x"'), /[Uu]nresolved tag/],
  ])('with %s is a fault with line and column', async (_name, how, fault) => {
    expect(await faultsOf(how)).toContainEqual(expect.stringMatching(fault));
    for (const one of await faultsOf(how)) expect(one).toMatch(/^es-labels-2027\.yaml:\d+:\d+: \S/);
  });

  it('names the faults of each clause and each case, not only the first', async () => {
    const found = await faultsOf((text) =>
      text
        .replace('kind: mark', 'kind: marks')
        .replace('expect: { 3.1-label: superseded }', 'expect: { 3.1-label: gone }'),
    );
    expect(found).toHaveLength(2);
  });

  it('is bounded: aliases that multiply, 100,000 clauses, a huge file, a folder of nothing', async () => {
    const bomb = ['a: &a [x, x]', 'b: &b [*a, *a, *a]', 'c: &c [*b, *b, *b]', 'd: [*c, *c, *c]'].join('\n');
    expect((await readLawSource(sourceOf({ 'a.yaml': bomb }))).faults).toHaveLength(1);
    const clauses = bookText().replace(
      /clauses:\n[\s\S]*\ncases:/,
      `clauses: [${'{},'.repeat(100_000)}]\ncases:`,
    );
    const { faults } = await readLawSource(sourceOf({ 'es-labels-2027.yaml': clauses }));
    expect(faults.map(({ why }) => why)).toEqual([
      expect.stringContaining('must not have more than 500 items'),
    ]);
    await expect(readLawSource(sourceOf({ 'a.yaml': '#'.repeat(1024 ** 2 + 1) }))).rejects.toEqual(
      refused('law.size'),
    );
    await expect(readLawSource(sourceOf({ 'a.txt': '' }))).rejects.toEqual(refused('law.noSource'));
    await expect(readLawSource('/nowhere')).rejects.toEqual(refused('law.unreadable'));
    const folder = sourceOf({});
    mkdirSync(join(folder, 'a.yaml'));
    await expect(readLawSource(folder)).rejects.toEqual(refused('law.noSource'));
  });

  it.each([90, 101, 3_000])('is bounded in depth: %i lists inside each other', async (depth) => {
    const nested = `clauses: ${'['.repeat(depth)}${']'.repeat(depth)}\ncases:`;
    const text = bookText().replace(/clauses:\n[\s\S]*\ncases:/, nested);
    const { faults } = await readLawSource(sourceOf({ 'es-labels-2027.yaml': text }));
    const tooDeep = faults.map(({ why }) => why === 'nests values deeper than 100 levels');
    if (depth === 90) expect(tooDeep).not.toContain(true);
    else expect(tooDeep).toEqual([true]);
  });

  it('whose fragments contain themselves is a fault with the code', async () => {
    const fragments = 'loop:\n  any: [{ fragment: round }]\nround:\n  any: [{ fragment: loop }]\n';
    const text = bookText().replace('- signal: file.aiMark.unsigned', '- fragment: loop');
    expect(text).not.toBe(bookText());
    const { faults } = await readLawSource(
      sourceOf({ 'fragments.yaml': fragments, 'es-labels-2027.yaml': text }),
    );
    expect(faults.map(({ why }) => why)).toEqual([expect.stringContaining('fragment-cyclic')]);
  });

  it('with two books of one id is a fault, and so is a clause to disable without a reason', async () => {
    const twice = await readLawSource(sourceOf({ 'a.yaml': bookText(), 'b.yaml': bookText() }));
    expect(twice.faults).toMatchObject([{ file: 'b.yaml', why: expect.stringContaining('another file') }]);
    const without = await readLawSource(sourceOf({ 'disable.yaml': `- book: ${BOOK}\n  clause: a\n` }));
    expect(without.faults).toMatchObject([
      { file: 'disable.yaml', line: 1, why: expect.stringContaining('reason') },
    ]);
  });
});
