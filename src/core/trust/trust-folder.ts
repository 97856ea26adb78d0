import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '../ground/digest.js';
import { fault, type ReadFault } from '../ground/fault.js';

import type { Certificate } from './certificate.js';
import { readPemCertificates, readPemDers } from './pem.js';
import { type CachedFile, cachedFileIfThere, TooLarge } from './trust-file-cache.js';
import { type ListPurpose, TRUST_FILES } from './trust-files.js';
import { trustLimits as limits } from './trust-limits.js';
import { readSources, type TrustSource } from './trust-sources.js';

/** A file that is there and cannot be used, or whose description does not fit it. */
export interface TrustFault extends ReadFault {
  /** Name within the folder. */
  file: string;
  /** Purposes for which somebody may be missing because of it; left out where nobody is. */
  affects?: readonly ListPurpose[];
}

/** The files of one trust folder, read with their faults noted. A missing file is no fault. */
export class TrustFolder {
  readonly faults: TrustFault[] = [];
  readonly #folder: string;
  #sources: ReadonlyMap<string, TrustSource> = new Map();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(path: string): Promise<TrustFolder> {
    const folder = new TrustFolder(path);
    const file = await folder.#read(TRUST_FILES.sources, limits.sourcesBytes);
    const answer = file?.once('sources', readSources);
    if (answer && 'fault' in answer) folder.faults.push({ file: TRUST_FILES.sources, ...answer.fault });
    else if (answer) folder.#sources = answer.sources;
    return folder;
  }

  /** Certificates of a PEM file; empty where it is missing or broken. */
  async certificates(file: string, affects: readonly ListPurpose[]): Promise<Certificate[]> {
    const answer = await this.#parsed(file, affects, 'certificates', readPemCertificates);
    return answer && 'certificates' in answer ? answer.certificates : [];
  }

  /** SHA-256 of the certificates of a PEM file, which are not opened. */
  async fingerprints(file: string, affects: readonly ListPurpose[]): Promise<ReadonlySet<string>> {
    const answer = await this.#parsed(file, affects, 'fingerprints', readFingerprints);
    return answer && 'fingerprints' in answer ? answer.fingerprints : new Set();
  }

  /** What `sources.json` says of this very file; nothing where it describes another one. */
  sourceOf(file: string): TrustSource | undefined {
    const mismatch = this.faults.some((f) => f.file === file && f.code === SOURCE_MISMATCH.code);
    return mismatch ? undefined : this.#sources.get(file);
  }

  /** Names within the trust folder, sorted, so that the order of a directory decides nothing. */
  pemFilesIn(folder: string, affects: readonly ListPurpose[]): string[] {
    let names: string[];
    try {
      names = readdirSync(join(this.#folder, folder))
        .filter((name) => name.endsWith('.pem'))
        .sort();
    } catch (error) {
      if (!isMissing(error)) {
        this.faults.push({ file: folder, affects, ...fault('trust.unreadable', { what: 'folder' }) });
      }
      return [];
    }
    if (names.length > limits.privateFiles) {
      this.faults.push({
        file: folder,
        ...fault('bound.trustFiles', { most: limits.privateFiles }),
        affects,
      });
    }
    return names.slice(0, limits.privateFiles).map((name) => `${folder}/${name}`);
  }

  exists(file: string): boolean {
    try {
      return statSync(join(this.#folder, file), { throwIfNoEntry: false })?.isFile() ?? false;
    } catch {
      return false;
    }
  }

  async #parsed<T extends object>(
    file: string,
    affects: readonly ListPurpose[],
    use: string,
    parse: (bytes: Buffer) => T | { fault: ReadFault },
  ): Promise<T | undefined> {
    const read = await this.#read(file, limits.trustFileBytes, affects);
    if (!read) return undefined;
    const answer = read.once(use, parse);
    if ('fault' in answer) {
      this.faults.push({ file, ...answer.fault, affects });
      return undefined;
    }
    const recorded = this.#sources.get(file)?.sha256;
    if (recorded !== undefined && recorded !== read.sha256) this.faults.push({ file, ...SOURCE_MISMATCH });
    return answer;
  }

  async #read(file: string, most: number, affects?: readonly ListPurpose[]): Promise<CachedFile | undefined> {
    try {
      return await cachedFileIfThere(join(this.#folder, file), most);
    } catch (error) {
      if (isMissing(error)) return undefined;
      const unusable =
        error instanceof TooLarge
          ? fault('bound.trustFile', { most })
          : fault('trust.unreadable', { what: 'other' });
      this.faults.push({ file, ...unusable, ...(affects ? { affects } : {}) });
      return undefined;
    }
  }
}

const SOURCE_MISMATCH = fault('trust.sourceMismatch', { where: 'other' });

function readFingerprints(bytes: Buffer): { fingerprints: ReadonlySet<string> } | { fault: ReadFault } {
  const answer = readPemDers(bytes);
  return 'fault' in answer ? answer : { fingerprints: new Set(answer.ders.map(sha256Hex)) };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
