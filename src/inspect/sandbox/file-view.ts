import type { FileSlot } from './file-slots.js';
import { JOB_FOLDER, type Mounts } from './sandbox.js';

/** Paths of a job's files. */
export interface JobPaths {
  path: string;
  sidecarPath?: string | undefined;
  initPath?: string | undefined;
}

/**
 * Paths under which a reading process sees the files. `sha256` computes the digest of the bytes shown to it, if they
 * were copied.
 */
export interface VisiblePaths extends JobPaths {
  sha256?: (() => string) | undefined;
}

/** Makes a job's files visible to a reading process. */
export interface FileView {
  /** Returns the paths for the process once they lead to these files. Throws the system's error. */
  show(files: JobPaths): Promise<VisiblePaths>;
  /** Releases the files for which `show` returned this path. */
  release(path: string): void;
  /** Cleans up after the end of the process. */
  remove(): void;
}

const nothing = () => {};

/** View of an unconfined process, which sees the usual paths. */
export const OPEN_VIEW: FileView = { show: async (files) => files, release: nothing, remove: nothing };

/** Names for the current file and the next one. */
const NAMES = ['file', 'next'] as const;
type Name = (typeof NAMES)[number];

/** Name suffixes of companion files. */
const COMPANION_SUFFIXES = { sidecarPath: '.sidecar', initPath: '.init' } as const;
const COMPANIONS = Object.entries(COMPANION_SUFFIXES) as ['sidecarPath' | 'initPath', string][];

const jobPaths = (files: JobPaths, name: Name = 'file', folder = JOB_FOLDER): JobPaths => ({
  path: `${folder}/${name}`,
  ...Object.fromEntries(
    COMPANIONS.filter(([which]) => files[which] !== undefined).map(([which, ending]) => [
      which,
      `${folder}/${name}${ending}`,
    ]),
  ),
});

/** Returns the paths of all companion files. */
export const companionPaths = (files: JobPaths): string[] =>
  COMPANIONS.flatMap(([which]) => files[which] ?? []);

/** Creates a view of one folder into which files are copied when needed. */
export function createSlotView(slot: FileSlot, folder = JOB_FOLDER): FileView {
  const inUse = new Set<Name>();
  return {
    async show(files) {
      const name = NAMES.find((one) => !inUse.has(one));
      if (name === undefined) throw Object.assign(new Error('both places are taken'), { code: 'EBUSY' });
      inUse.add(name);
      try {
        const sha256 = await slot.show(name, files.path);
        for (const [which, ending] of COMPANIONS) {
          const path = files[which];
          if (path !== undefined) await slot.show(`${name}${ending}`, path);
        }
        return { ...jobPaths(files, name, folder), sha256 };
      } catch (error) {
        inUse.delete(name);
        throw error;
      }
    },
    release(path) {
      for (const name of NAMES) if (path === `${folder}/${name}`) inUse.delete(name);
      // Wipes the whole folder, so no file may be in use.
      if (inUse.size === 0) slot.scheduleWipe();
    },
    remove: () => slot.remove(),
  };
}

/** Creates a view of only these files, in place. */
export function createInPlaceView(files: JobPaths, remove: () => void): { view: FileView; shown: Mounts } {
  const shown = [files.path, ...companionPaths(files)].map((one) => [one, one] as const);
  return { view: { show: async () => files, release: nothing, remove }, shown };
}

/** Creates a view of only these files for the life of the process. */
export function createBoundView(files: JobPaths): { view: FileView; shown: Mounts } {
  const seen = jobPaths(files);
  const shown: (readonly [string, string])[] = [[files.path, seen.path]];
  for (const [which] of COMPANIONS) {
    const [path, at] = [files[which], seen[which]];
    if (path !== undefined && at !== undefined) shown.push([path, at]);
  }
  return { view: { show: async () => seen, release: nothing, remove: nothing }, shown };
}
