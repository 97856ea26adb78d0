import { join } from 'node:path';
import { TRUST_FILES } from '../core/trust/trust-files.js';
import { TrustFolder } from '../core/trust/trust-folder.js';
import { PUBLISHED_LISTS } from './published-lists.js';
import { read } from './status-files.js';

/** A list that is installed, and how long ago it was fetched or imported. */
export interface ListAge {
  name: string;
  ageSeconds: number;
}

/** Without those of which nobody wrote down when they came. No certificate is opened for it. */
export async function listAges(dir: string, now: Date): Promise<ListAge[]> {
  const folder = await TrustFolder.open(dir);
  const own = [TRUST_FILES.privateFolder, TRUST_FILES.privateTsaFolder].flatMap((name) =>
    folder.pemFilesIn(name, []),
  );
  const names = [...PUBLISHED_LISTS.map(({ file }) => file), ...own];
  const ages = await Promise.all(
    names.map(async (name) => {
      const said = folder.sourceOf(name);
      const file = said && (await read(join(dir, name)));
      // What is said of other bytes is not said of these.
      if (said?.fetchedAt === undefined || file?.sha256 !== said.sha256) return [];
      const ageSeconds = (now.getTime() - Date.parse(said.fetchedAt)) / 1000;
      return [{ name, ageSeconds: Math.max(0, ageSeconds) }];
    }),
  );
  return ages.flat();
}
