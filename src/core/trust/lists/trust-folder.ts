import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '../../../base/digest.js';
import { fault, type ReadFault } from '../../../base/fault.js';

import type { Certificate } from '../certificate.js';
import { readPemCertificates, readPemDers } from '../formats/pem.js';
import { type InterimFacts, readInterimFacts } from './interim-facts.js';
import { isShippedInUse, SHIPPED_LISTS, trustFilePath } from './shipped-lists.js';
import { type CachedFile, readCachedFileIfExists, TrustFileTooLarge } from './trust-file-cache.js';
import { type ListPurpose, TRUST_FILES } from './trust-files.js';
import { trustLimits as limits } from './trust-limits.js';
import { readSources, type TrustSource } from './trust-sources.js';

/** Fault of a file that exists but cannot be used, or whose description does not match it. */
export interface TrustFault extends ReadFault {
  /** Name within the folder. */
  file: string;
  /** Purposes for which certificates may be missing because of it; absent if there are none. */
  affects?: readonly ListPurpose[];
}

/**
 * Reads the files of one trust folder and records their faults. For a published list that is not installed it reads
 * the one that comes with Assay; any other missing file is no fault.
 */
export class TrustFolder {
  readonly faults: TrustFault[] = [];
  readonly #folder: string;
  #sources: ReadonlyMap<string, TrustSource> = new Map();
  #shippedSources: ReadonlyMap<string, TrustSource> = new Map();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(path: string): Promise<TrustFolder> {
    const folder = new TrustFolder(path);
    folder.#sources = await folder.#readSources();
    folder.#shippedSources = await new TrustFolder(SHIPPED_LISTS).#readSources();
    return folder;
  }

  async #readSources(): Promise<ReadonlyMap<string, TrustSource>> {
    const file = await this.#read(TRUST_FILES.sources, limits.sourcesBytes);
    const answer = file?.derive('sources', readSources);
    if (answer && 'sources' in answer) return answer.sources;
    if (answer) this.faults.push({ file: TRUST_FILES.sources, ...answer.fault });
    return new Map();
  }

  /** Returns the path of the file that is in use under this name. */
  pathOf(file: string): string {
    return trustFilePath(this.#folder, file);
  }

  /** Returns true if the list that comes with Assay is in use, because none is installed. */
  isShipped(file: string): boolean {
    return isShippedInUse(this.#folder, file);
  }

  /** Returns the certificates of a PEM file; empty if it is missing or malformed. */
  async certificates(file: string, affects: readonly ListPurpose[]): Promise<Certificate[]> {
    const answer = await this.#parsed(file, affects, 'certificates', readPemCertificates);
    return answer && 'certificates' in answer ? answer.certificates : [];
  }

  /** Returns the SHA-256 of the certificates of a PEM file without opening them. */
  async fingerprints(file: string, affects: readonly ListPurpose[]): Promise<ReadonlySet<string>> {
    const answer = await this.#parsed(file, affects, 'fingerprints', readFingerprints);
    return answer && 'fingerprints' in answer ? answer.fingerprints : new Set();
  }

  /** Returns the facts of the interim list; `undefined` if the list itself is installed. */
  async interimFacts(): Promise<InterimFacts | undefined> {
    if (!this.isShipped(TRUST_FILES.interimFacts)) return undefined;
    const file = TRUST_FILES.interimFacts;
    const answer = await this.#parsed(file, ['signer', 'authority'], 'interim-facts', readInterimFacts);
    return answer && 'facts' in answer ? answer.facts : undefined;
  }

  /** Returns the entry of `sources.json` for this file; `undefined` if it describes a different version of it. */
  sourceOf(file: string): TrustSource | undefined {
    const mismatch = this.faults.some((f) => f.file === file && f.code === SOURCE_MISMATCH.code);
    return mismatch ? undefined : this.#recorded(file);
  }

  #recorded(file: string): TrustSource | undefined {
    return (this.isShipped(file) ? this.#shippedSources : this.#sources).get(file);
  }

  /** Returns names within the trust folder, sorted, so that directory order has no effect. */
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
        ...fault('bound.entries', { place: 'private/', most: limits.privateFiles }),
        affects,
      });
    }
    return names.slice(0, limits.privateFiles).map((name) => `${folder}/${name}`);
  }

  async #parsed<T extends object>(
    file: string,
    affects: readonly ListPurpose[],
    use: string,
    parse: (bytes: Buffer) => T | { fault: ReadFault },
  ): Promise<T | undefined> {
    const read = await this.#read(file, limits.trustFileBytes, affects);
    if (!read) return undefined;
    const answer = read.derive(use, parse);
    if ('fault' in answer) {
      this.faults.push({ file, ...answer.fault, affects });
      return undefined;
    }
    const recorded = this.#recorded(file)?.sha256;
    if (recorded !== undefined && recorded !== read.sha256) this.faults.push({ file, ...SOURCE_MISMATCH });
    return answer;
  }

  async #read(file: string, most: number, affects?: readonly ListPurpose[]): Promise<CachedFile | undefined> {
    try {
      return await readCachedFileIfExists(this.pathOf(file), most);
    } catch (error) {
      if (isMissing(error)) return undefined;
      const unusable =
        error instanceof TrustFileTooLarge
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
