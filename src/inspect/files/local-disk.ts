import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** `f_type` of local file systems (linux/magic.h). */
const LOCAL_FILE_SYSTEMS: ReadonlySet<number> = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // XFS
  0x9123683e, // Btrfs
  0x2fc12fc1, // ZFS
  0xf2f52010, // F2FS
  0x01021994, // tmpfs
  0x858458f6, // ramfs
  0x794c7630, // overlayfs
  0xca451a4e, // bcachefs
]);
const MAX_FOLDERS = 4_096;

/**
 * Knows which folders are on a local disk: files there are read synchronously while everything else waits. A network
 * share may not respond and would block the whole scan.
 */
export class LocalDisks {
  readonly #folders = new Map<string, boolean>();

  /** Synchronous if the file's folder is known. */
  has(path: string): boolean | Promise<boolean> {
    const folder = dirname(path);
    return this.#folders.get(folder) ?? this.#look(folder);
  }

  async #look(folder: string): Promise<boolean> {
    const isNear = await statfs(folder).then(
      ({ type }) => LOCAL_FILE_SYSTEMS.has(type),
      () => false,
    );
    if (this.#folders.size >= MAX_FOLDERS) this.#folders.clear();
    this.#folders.set(folder, isNear);
    return isNear;
  }
}
