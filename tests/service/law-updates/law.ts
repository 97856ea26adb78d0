import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { listRulebookIds, loadRulebooks, setLawInForce } from '../../../src/core/law/rulebooks/index.js';
import {
  type ArchiveFile,
  MANIFEST_NAME,
  SIGNATURE_NAME,
  toBundlePath,
  writeArchive,
} from '../../../src/service/law-updates/archive.js';
import { makeBundle } from '../../../src/service/law-updates/bundle.js';
import { keyFingerprintOf, signBytes, type TrustedKey } from '../../../src/service/law-updates/keys.js';
import { ASSAY, formatManifest, type LawManifest } from '../../../src/service/law-updates/manifest.js';
import { describeBook, groupByBook, sha256 } from '../../../src/service/law-updates/open-bundle.js';
import { temporaryDirectory } from '../../http/posting.js';

/** Test law: the program's law, changed as a test needs, and signed with test keys. */

const BUILT_IN = new URL('../../../src/core/law/rulebooks/', import.meta.url);
export const EXPIRES = '2099-12-31';
export const MADE = '2026-11-28';
/** The rulebook that tests change: it has one clause and few texts. */
export const BOOK = 'vn-ai-law-2026';
/** Its edition in the built-in law. */
export const BUILT_IN_EDITION = loadRulebooks([BOOK])[0]?.edition ?? '';

export interface Keys {
  privateKey: KeyObject;
  publicKey: TrustedKey;
  /** Paths of PEM files. */
  privateFile: string;
  publicFile: string;
}

/** `isAssays`: the operator names the key as Assay's, so its law replaces the built-in law. */
export function newKeys(folder = temporaryDirectory(), isAssays = true): Keys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const [privateFile, publicFile] = [join(folder, 'law.key.pem'), join(folder, 'law.pub.pem')];
  writeFileSync(privateFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const mark = isAssays ? `# ${ASSAY}\n` : '';
  writeFileSync(publicFile, `${mark}${publicKey.export({ type: 'spki', format: 'pem' })}`);
  const trusted = { key: publicKey, isAssays };
  return {
    ...{
      privateKey: createPrivateKey(readFileSync(privateFile)),
      publicKey: trusted,
      privateFile,
      publicFile,
    },
  };
}

type Json = Record<string, unknown>;
type Clause = Json & { id: string };

/**
 * The program's law in a folder. It contains only the first case of each rulebook, and all of the one that tests
 * change, unless a test wants all: every build and installation of a bundle evaluates the cases, which have their own
 * tests (tests/rulebooks).
 */
export class TestLaw {
  constructor(
    readonly folder = temporaryDirectory(),
    ids: readonly string[] = listRulebookIds(),
    cases: 'all' | 'few' = 'few',
  ) {
    for (const id of ids) cpSync(fileURLToPath(new URL(id, BUILT_IN)), join(folder, id), { recursive: true });
    if (cases === 'few')
      for (const id of ids.filter((one) => one !== BOOK))
        this.change<unknown[]>('cases.json', (all) => void all.splice(1), id);
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

  /** Sets another text under another edition. */
  saying(title: string, edition = '2026-12-03', book = BOOK): this {
    for (const language of ['en', 'zh-Hans'])
      this.change(`texts.${language}.json`, (texts) => Object.assign(texts, { title }), book);
    return this.edition(edition, book);
  }

  file(file: string, text: string, book = BOOK): this {
    mkdirSync(join(this.folder, book), { recursive: true });
    writeFileSync(this.path(file, book), text);
    return this;
  }

  files(): ArchiveFile[] {
    const files = readdirSync(this.folder).flatMap((book) =>
      readdirSync(join(this.folder, book)).map((file) => ({
        name: toBundlePath(book, file),
        bytes: readFileSync(this.path(file, book)),
      })),
    );
    return files
      .filter(({ name }) => !name.endsWith('/CHANGES.md'))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  bundle(keys: Keys, more: { made?: string; expires?: string } = {}) {
    return makeBundle({
      files: this.files(),
      signer: ASSAY,
      key: keys.privateKey,
      made: MADE,
      expires: EXPIRES,
      leastVersion: '0.2.0',
      ...more,
    });
  }
}

/** Returns a validly signed archive with the metadata that a test wants; nothing validates its content. */
export function signedAs(
  files: readonly ArchiveFile[],
  { privateKey, publicKey }: Keys,
  over: Partial<LawManifest> = {},
  written?: Buffer,
): Buffer {
  const law = files.filter(({ name }) => name !== MANIFEST_NAME && name !== SIGNATURE_NAME);
  const known = formatManifest({
    signer: { name: ASSAY, key: keyFingerprintOf(publicKey.key) },
    disables: [],
    made: MADE,
    expires: EXPIRES,
    leastVersion: '0.2.0',
    books: [...groupByBook(law)].map(([id, of]) => describeBook(id, of)),
    files: law.map(({ name, bytes }) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
    ...over,
  });
  const manifest = written ?? known;
  return writeArchive([
    ...law,
    { name: MANIFEST_NAME, bytes: manifest },
    { name: SIGNATURE_NAME, bytes: signBytes(manifest, privateKey) },
  ]);
}

/** Restores the built-in law after the test, because the law in force belongs to the whole process. */
export function builtInAfterwards(): void {
  onTestFinished(() => setLawInForce());
}
