import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { loadRulebooks, putInForce, rulebookIds } from '../../src/core/law/rulebooks/index.js';
import { type ArchiveFile, MANIFEST, SIGNATURE, writeArchive } from '../../src/law-updates/archive.js';
import { makeBundle } from '../../src/law-updates/bundle.js';
import { signed } from '../../src/law-updates/keys.js';
import { type Manifest, manifestBytes } from '../../src/law-updates/manifest.js';
import { booksIn, headOf, sha256 } from '../../src/law-updates/open-bundle.js';
import { temporaryDirectory } from '../http/posting.js';

/** Law of tests: that of the program, changed in the way a test says, and signed by keys of its own. */

const BUILT_IN = new URL('../../src/core/law/rulebooks/', import.meta.url);
export const EXPIRES = '2099-12-31';
export const MADE = '2026-11-28';
/** A book that tests change: of one clause and few words. */
export const BOOK = 'vn-ai-law-2026';
/** Its edition in the law that the program came with. */
export const BUILT_IN_EDITION = loadRulebooks([BOOK])[0]?.edition ?? '';

export interface Keys {
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** PEM files. */
  privateFile: string;
  publicFile: string;
}

export function newKeys(folder = temporaryDirectory()): Keys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const [privateFile, publicFile] = [join(folder, 'law.key.pem'), join(folder, 'law.pub.pem')];
  writeFileSync(privateFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(publicFile, publicKey.export({ type: 'spki', format: 'pem' }));
  return { privateKey: createPrivateKey(readFileSync(privateFile)), publicKey, privateFile, publicFile };
}

type Json = Record<string, unknown>;
type Clause = Json & { id: string };

/**
 * The program's law in a folder. Of all cases only the first of each book but the one that tests change, unless a test wants
 * all: whoever makes or installs a bundle asks them, and they are held for themselves (tests/rulebooks).
 */
export class TestLaw {
  constructor(
    readonly folder = temporaryDirectory(),
    ids: readonly string[] = rulebookIds(),
    cases: 'all' | 'few' = 'few',
  ) {
    for (const id of ids) cpSync(fileURLToPath(new URL(id, BUILT_IN)), join(folder, id), { recursive: true });
    if (cases === 'few')
      for (const id of ids.filter((one) => one !== BOOK))
        this.change<unknown[]>('cases.json', (all) => void all.splice(1), id);
  }

  get url(): URL {
    return pathToFileURL(`${this.folder}/`);
  }

  path = (file: string, book = BOOK): string => join(this.folder, book, file);

  change<T = Json>(file: string, how: (value: T) => void, book = BOOK): this {
    const value: T = JSON.parse(readFileSync(this.path(file, book), 'utf8'));
    how(value);
    writeFileSync(this.path(file, book), `${JSON.stringify(value, null, 2)}\n`);
    return this;
  }

  clauses(how: (clauses: Clause[]) => void, book = BOOK): this {
    return this.change<Clause[]>('clauses.json', how, book);
  }

  edition(edition: string, book = BOOK): this {
    return this.change('book.json', (value) => Object.assign(value, { edition }), book);
  }

  /** Another text under another edition. */
  saying(title: string, edition = '2026-12-01', book = BOOK): this {
    for (const language of ['en', 'zh-Hans'])
      this.change(`texts.${language}.json`, (texts) => Object.assign(texts, { title }), book);
    return this.edition(edition, book);
  }

  file(file: string, text: string, book = BOOK): this {
    mkdirSync(join(this.folder, book), { recursive: true });
    writeFileSync(this.path(file, book), text);
    return this;
  }

  bundle(keys: Keys, more: { made?: string; expires?: string } = {}) {
    const key = keys.privateKey;
    return makeBundle({
      folder: this.url,
      key,
      made: MADE,
      expires: EXPIRES,
      leastVersion: '0.2.0',
      ...more,
    });
  }
}

/** An archive that says of itself what a test wants, rightly signed: nobody judged it. */
export function signedAs(
  files: readonly ArchiveFile[],
  { privateKey }: Keys,
  over: Partial<Manifest> = {},
  written?: Buffer,
): Buffer {
  const law = files.filter(({ name }) => name !== MANIFEST && name !== SIGNATURE);
  const known = manifestBytes({
    made: MADE,
    expires: EXPIRES,
    leastVersion: '0.2.0',
    books: [...booksIn(law)].map(([id, of]) => headOf(id, of)),
    files: law.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
    ...over,
  });
  const manifest = written ?? known;
  return writeArchive([
    ...law,
    { name: MANIFEST, bytes: manifest },
    { name: SIGNATURE, bytes: signed(manifest, privateKey) },
  ]);
}

/** What is in force is of the whole process: the next test finds what the program came with. */
export function builtInAfterwards(): void {
  onTestFinished(() => putInForce());
}
