import { JOB_FOLDER, type Shown } from './sandbox.js';
import type { Slot } from './slots.js';

/** A job's files, by the paths that somebody sees them under. */
export interface Files {
  path: string;
  sidecarPath?: string | undefined;
  initPath?: string | undefined;
}

/**
 * The same as a reading process sees them. `sha256`: of the very bytes it was shown, where they were copied for it; taken
 * when it is asked for first.
 */
export interface Seen extends Files {
  sha256?: (() => string) | undefined;
}

/** How a reading process sees a job's files. */
export interface View {
  /** The paths to give it, once they lead to these files. Throws the system's error. */
  show(files: Files): Promise<Seen>;
  /** It has done with those that `show` gave this path for. */
  done(path: string): void;
  /** It is gone. */
  remove(): void;
}

const nothing = () => {};

/** Unconfined: it sees what we see. */
export const OPEN_VIEW: View = { show: async (files) => files, done: nothing, remove: nothing };

/** Of the file that is read, and of the next one. */
const NAMES = ['file', 'next'] as const;
type Name = (typeof NAMES)[number];

/** What comes beside a file, by the ending of its name there. */
const BESIDE = { sidecarPath: '.sidecar', initPath: '.init' } as const;
const BESIDES = Object.entries(BESIDE) as ['sidecarPath' | 'initPath', string][];

const inside = (files: Files, name: Name = 'file', folder = JOB_FOLDER): Files => ({
  path: `${folder}/${name}`,
  ...Object.fromEntries(
    BESIDES.filter(([which]) => files[which] !== undefined).map(([which, ending]) => [
      which,
      `${folder}/${name}${ending}`,
    ]),
  ),
});

/** Paths of all that comes with a file. */
export const besideOf = (files: Files): string[] => BESIDES.flatMap(([which]) => files[which] ?? []);

/** It sees one folder, under this path, and files are copied there as they come. */
export function slotView(slot: Slot, folder = JOB_FOLDER): View {
  const inUse = new Set<Name>();
  return {
    async show(files) {
      const name = NAMES.find((one) => !inUse.has(one));
      if (name === undefined) throw Object.assign(new Error('both places are taken'), { code: 'EBUSY' });
      inUse.add(name);
      try {
        const sha256 = await slot.show(name, files.path);
        for (const [which, ending] of BESIDES) {
          const path = files[which];
          if (path !== undefined) await slot.show(`${name}${ending}`, path);
        }
        return { ...inside(files, name, folder), sha256 };
      } catch (error) {
        inUse.delete(name);
        throw error;
      }
    },
    done(path) {
      for (const name of NAMES) if (path === `${folder}/${name}`) inUse.delete(name);
      // What is wiped is all that stands there.
      if (inUse.size === 0) slot.done();
    },
    remove: () => slot.remove(),
  };
}

/** It sees these files alone, where they are. */
export function boundInPlace(files: Files, remove: () => void): { view: View; shown: Shown } {
  const shown = [files.path, ...besideOf(files)].map((one) => [one, one] as const);
  return { view: { show: async () => files, done: nothing, remove }, shown };
}

/** It sees these files alone, from its start to its end. */
export function boundView(files: Files): { view: View; shown: Shown } {
  const seen = inside(files);
  const shown: (readonly [string, string])[] = [[files.path, seen.path]];
  for (const [which] of BESIDES) {
    const [path, at] = [files[which], seen[which]];
    if (path !== undefined && at !== undefined) shown.push([path, at]);
  }
  return { view: { show: async () => seen, done: nothing, remove: nothing }, shown };
}
