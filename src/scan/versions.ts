import { enginesHere } from '../core/c2pa/native-binary.js';
import { VERSION } from '../core/ground/version.js';
import { trustStatus } from '../trust-lists/status.js';
import type { Versions } from './header.js';

/** What decides an answer besides the file: whether one of an earlier run still stands is told by comparing these. */
export async function versionsNow(trustDir: string, rulebooks: readonly string[]): Promise<Versions> {
  const [{ files }, { loadRulebooks }] = await Promise.all([
    trustStatus(trustDir, new Date()),
    import('../core/law/rulebooks/index.js'),
  ]);
  return {
    assay: VERSION,
    engines: enginesHere().map(({ name, version, sdk }) => `${name} ${version} (${sdk})`),
    lists: files
      .filter(({ installed }) => installed)
      .map(({ file, sha256 }) => `${file} ${sha256 ?? ''}`.trim()),
    rulebooks: loadRulebooks([...rulebooks]).map(({ id, edition, digest = '' }) =>
      `${id} ${edition} ${digest}`.trim(),
    ),
  };
}

/** The first part that is another; undefined where all are the same. */
export function differingPart(then: Versions, now: Versions): string | undefined {
  if (then.assay !== now.assay) return 'versions of Assay';
  const lists = { engines: 'engines', lists: 'trust lists', rulebooks: 'rulebooks' } as const;
  const differs = (['engines', 'lists', 'rulebooks'] as const).find(
    (name) => then[name].join('\n') !== now[name].join('\n'),
  );
  return differs && lists[differs];
}
