import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { structureOf } from './structure/index.js';

const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));
/** Fixture builders and signing keys are no media. */
const NOT_MEDIA = /^(build|ca)\/|\.json$|\.md$/;
/** Larger files of the operator's folder would slow down each mutant. */
const MOST_BYTES = 1024 ** 2;

/** A file that mutants are made of. Its structure is parsed on first use. */
export class Seed {
  #bytes;
  #tree;

  constructor(name, path) {
    this.name = name;
    this.path = path;
  }

  get bytes() {
    this.#bytes ??= readFileSync(this.path);
    return this.#bytes;
  }

  get tree() {
    this.#tree ??= structureOf(this.bytes);
    return this.#tree;
  }
}

/** Returns every fixture, in a fixed order, and the files of another folder if one is given. */
export function seeds({ folder, match } = {}) {
  const wanted = [
    ...filesOf(FIXTURES).filter(({ name }) => !NOT_MEDIA.test(name)),
    ...(folder ? filesOf(folder) : []),
  ];
  return wanted
    .filter(({ name, bytes }) => bytes <= MOST_BYTES && (match === undefined || name.includes(match)))
    .map(({ name, path }) => new Seed(name, path));
}

function filesOf(folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return filesOf(folder, name);
      const path = join(folder, name);
      return entry.isFile() ? [{ name, path, bytes: statSync(path).size }] : [];
    });
}
