import { VERSION } from '../../base/version.js';
import { availableEngines } from '../../core/c2pa/installed-engines.js';
import type { Rulebook } from '../../core/law/rulebook.js';
import { listUnpackerVersions } from '../../inspect/makers/installed-unpackers.js';
import { readTrustStatus } from '../../service/trust/status.js';
import type { Header, ScanVersions } from '../records/header.js';

/**
 * Returns the versions that determine a result besides the file; comparing them shows whether an earlier record is
 * still valid.
 */
export async function currentVersions(
  trustDir: string,
  rulebooks: readonly string[],
  { archives = false }: { archives?: boolean } = {},
): Promise<ScanVersions> {
  const [{ files }, books, programs] = await Promise.all([
    readTrustStatus(trustDir, new Date()),
    // Rulebooks are loaded only if law was selected.
    rulebooks.length === 0
      ? []
      : import('../../core/law/rulebooks/index.js').then(({ loadRulebooks }) => loadRulebooks(rulebooks)),
    archives ? listUnpackerVersions() : undefined,
  ]);
  return {
    assay: VERSION,
    engines: availableEngines().map(({ name, version, sdk }) => `${name} ${version} (${sdk})`),
    lists: files
      .filter(({ installed, shipped }) => installed || shipped)
      .map(({ file, sha256 }) => `${file} ${sha256 ?? ''}`.trim()),
    rulebooks: books.map(({ id, edition, digest = '' }) => `${id} ${edition} ${digest}`.trim()),
    ...(programs && { programs }),
  };
}

/** Returns the clause of each rule by rulebook; empty if no law was selected. */
export function clausesMember(rulebooks: readonly Pick<Rulebook, 'id' | 'rules'>[]): Pick<Header, 'clauses'> {
  if (rulebooks.length === 0) return {};
  const clauses = rulebooks.map(({ id, rules }) => [
    id,
    Object.fromEntries(rules.map((rule) => [rule.id, rule.clause])),
  ]);
  return { clauses: Object.fromEntries(clauses) };
}

/** Returns the first part that differs; `undefined` if all are equal. */
export function differingPart(then: ScanVersions, now: ScanVersions): string | undefined {
  if (then.assay !== now.assay) return 'versions of Assay';
  const lists = { engines: 'engines', lists: 'trust lists', rulebooks: 'rulebooks' } as const;
  const differs = (['engines', 'lists', 'rulebooks'] as const).find(
    (name) => then[name].join('\n') !== now[name].join('\n'),
  );
  if (differs !== undefined) return lists[differs];
  // Only the set of programs matters: other versions of them unpack the same bytes.
  const names = ({ programs = [] }: ScanVersions) => programs.map((one) => one.split(' ')[0]).join('\n');
  const bothTell = then.programs !== undefined && now.programs !== undefined;
  return bothTell && names(then) !== names(now) ? 'programs for archives' : undefined;
}
