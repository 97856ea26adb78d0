import { enginesHere } from '../core/c2pa/installed-engines.js';
import { VERSION } from '../core/ground/version.js';
import type { Rulebook } from '../core/law/rulebook.js';
import { unpackerVersions } from '../isolation/unpackers-here.js';
import { trustStatus } from '../trust-lists/status.js';
import type { Header, Versions } from './header.js';

/** What decides an answer besides the file: whether one of an earlier run still stands is told by comparing these. */
export async function versionsNow(
  trustDir: string,
  rulebooks: readonly string[],
  { archives = false }: { archives?: boolean } = {},
): Promise<Versions> {
  const [{ files }, books, programs] = await Promise.all([
    trustStatus(trustDir, new Date()),
    // Law that nothing is asked of is not read.
    rulebooks.length === 0
      ? []
      : import('../core/law/rulebooks/index.js').then(({ loadRulebooks }) => loadRulebooks(rulebooks)),
    archives ? unpackerVersions() : undefined,
  ]);
  return {
    assay: VERSION,
    engines: enginesHere().map(({ name, version, sdk }) => `${name} ${version} (${sdk})`),
    lists: files
      .filter(({ installed }) => installed)
      .map(({ file, sha256 }) => `${file} ${sha256 ?? ''}`.trim()),
    rulebooks: books.map(({ id, edition, digest = '' }) => `${id} ${edition} ${digest}`.trim()),
    ...(programs && { programs }),
  };
}

/** Of each rulebook, the clause that each of its rules holds; left out where no law is asked. */
export function clausesIn(rulebooks: readonly Pick<Rulebook, 'id' | 'rules'>[]): Pick<Header, 'clauses'> {
  if (rulebooks.length === 0) return {};
  const clauses = rulebooks.map(({ id, rules }) => [
    id,
    Object.fromEntries(rules.map((rule) => [rule.id, rule.clause])),
  ]);
  return { clauses: Object.fromEntries(clauses) };
}

/** The first part that is another; undefined where all are the same. */
export function differingPart(then: Versions, now: Versions): string | undefined {
  if (then.assay !== now.assay) return 'versions of Assay';
  const lists = { engines: 'engines', lists: 'trust lists', rulebooks: 'rulebooks' } as const;
  const differs = (['engines', 'lists', 'rulebooks'] as const).find(
    (name) => then[name].join('\n') !== now[name].join('\n'),
  );
  if (differs !== undefined) return lists[differs];
  // Which there are decides what is looked into; of another version they unpack the same bytes.
  const names = ({ programs = [] }: Versions) => programs.map((one) => one.split(' ')[0]).join('\n');
  const bothTell = then.programs !== undefined && now.programs !== undefined;
  return bothTell && names(then) !== names(now) ? 'programs for archives' : undefined;
}
