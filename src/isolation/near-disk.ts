import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** `f_type` of file systems whose disk is this machine's own (linux/magic.h). */
const OWN_DISKS: ReadonlySet<number> = new Set([
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
const MOST_FOLDERS = 4_096;

/**
 * Which folders stand on a disk of this machine: a file there is read at once, while everything else waits. A share on the
 * network may not answer, and would stop all of the scan with it.
 */
export class NearDisks {
  readonly #folders = new Map<string, boolean>();

  /** At once where the file's folder is known. */
  has(path: string): boolean | Promise<boolean> {
    const folder = dirname(path);
    return this.#folders.get(folder) ?? this.#look(folder);
  }

  async #look(folder: string): Promise<boolean> {
    const isNear = await statfs(folder).then(
      ({ type }) => OWN_DISKS.has(type),
      () => false,
    );
    if (this.#folders.size >= MOST_FOLDERS) this.#folders.clear();
    this.#folders.set(folder, isNear);
    return isNear;
  }
}
