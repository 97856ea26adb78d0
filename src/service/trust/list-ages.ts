import { TRUST_FILES } from '../../core/trust/lists/trust-files.js';
import { TrustFolder } from '../../core/trust/lists/trust-folder.js';
import { PUBLISHED_LISTS } from './published-lists.js';
import { readTrustFile } from './status-files.js';

/** A list in use, and how long ago it was fetched or imported. */
export interface ListAge {
  name: string;
  ageSeconds: number;
}

/** Returns the ages of the lists whose date is recorded. Parses no certificate. */
export async function readListAges(dir: string, now: Date): Promise<ListAge[]> {
  const folder = await TrustFolder.open(dir);
  const own = [TRUST_FILES.privateFolder, TRUST_FILES.privateTsaFolder].flatMap((name) =>
    folder.pemFilesIn(name, []),
  );
  const names = [...PUBLISHED_LISTS.map(({ file }) => file), ...own];
  const ages = await Promise.all(
    names.map(async (name) => {
      const said = folder.sourceOf(name);
      const file = said && (await readTrustFile(folder.pathOf(name)));
      // The metadata describes other bytes, so its date does not apply.
      if (said?.fetchedAt === undefined || file?.sha256 !== said.sha256) return [];
      const ageSeconds = (now.getTime() - Date.parse(said.fetchedAt)) / 1000;
      return [{ name, ageSeconds: Math.max(0, ageSeconds) }];
    }),
  );
  return ages.flat();
}
