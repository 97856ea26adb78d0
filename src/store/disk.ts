import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { ReportSchema } from '../core/report.js';
import { isInspectionId } from './inspection-id.js';
import { type InspectionRecord, type InspectionStore, StoreError } from './store.js';

const ENDING = '.json';
const UNFINISHED = '.tmp';

/** What stands in a file is checked once, where it comes back in: the disk is not ours alone. */
const recordOnDisk = Compile(
  Type.Object(
    { id: Type.String(), createdAt: Type.String(), report: ReportSchema },
    { additionalProperties: false },
  ),
);

/** One JSON file an inspection, for one machine. Nothing half-written ever bears a record's name. */
export class DiskStore implements InspectionStore {
  readonly #directory: string;
  readonly #keep: number;
  /** Ids in the order they came, so that the oldest is the first; filled from the disk at start. */
  readonly #order: Set<string>;

  private constructor(directory: string, keep: number, order: Set<string>) {
    this.#directory = directory;
    this.#keep = keep;
    this.#order = order;
  }

  static async open(directory: string, keep: number): Promise<DiskStore> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const found: { id: string; writtenAt: bigint }[] = [];
    for (const name of await readdir(directory)) {
      // Left by a crash between writing and renaming: its put never resolved, so nobody waits for it.
      if (name.endsWith(UNFINISHED)) await rm(join(directory, name), { force: true });
      const id = name.slice(0, -ENDING.length);
      if (!name.endsWith(ENDING) || !isInspectionId(id)) continue;
      found.push({ id, writtenAt: (await stat(join(directory, name), { bigint: true })).mtimeNs });
    }
    found.sort((a, b) => (a.writtenAt < b.writtenAt ? -1 : a.writtenAt > b.writtenAt ? 1 : 0));
    const store = new DiskStore(directory, keep, new Set(found.map(({ id }) => id)));
    await store.#dropOldest();
    return store;
  }

  async put(record: InspectionRecord): Promise<void> {
    const path = this.#path(record.id);
    if (path === undefined) throw new StoreError('store.bad-id', 'The id is not one of ours.');
    const unfinished = `${path}.${randomUUID()}${UNFINISHED}`;
    try {
      await writeDurably(unfinished, JSON.stringify(record));
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
    await syncDirectory(this.#directory);
    this.#order.delete(record.id);
    this.#order.add(record.id);
    await this.#dropOldest();
  }

  async get(id: string): Promise<InspectionRecord | undefined> {
    const path = this.#path(id);
    if (path === undefined) return undefined;
    const text = await readFile(path, 'utf8').catch(ignoreMissing);
    return text === undefined ? undefined : parse(id, text);
  }

  async delete(id: string): Promise<boolean> {
    const path = this.#path(id);
    if (path === undefined) return false;
    this.#order.delete(id);
    return (await unlink(path).then(() => true, ignoreMissing)) ?? false;
  }

  #path(id: string): string | undefined {
    return isInspectionId(id) ? join(this.#directory, id + ENDING) : undefined;
  }

  async #dropOldest(): Promise<void> {
    for (const id of this.#order) {
      if (this.#order.size <= this.#keep) return;
      await this.delete(id);
    }
  }
}

function parse(id: string, text: string): InspectionRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new StoreError('store.corrupt', 'The stored inspection is not JSON.', { cause });
  }
  if (!recordOnDisk.Check(value) || value.id !== id) {
    throw new StoreError('store.corrupt', 'The stored inspection is not what this version writes.');
  }
  return value;
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename survives a power cut only once its folder is on the disk too. Windows cannot sync a folder. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
