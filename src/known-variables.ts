import { readConfig } from './config.js';
import { nearestWord } from './core/ground/nearest-word.js';
import type { Env } from './env.js';
import { type Said, said } from './say/said.js';

/**
 * A variable that nobody reads does nothing, and whoever set it believes otherwise. What is known is what the
 * configuration asks for when it is read, so that there is no second list to keep.
 */

/** Asked for in other places: by commands of their own, examples of clients, tests and measurements. */
const ELSEWHERE = [
  ...['ASSAY_TRUST_SOURCES', 'ASSAY_SCAN_WEBHOOK_SECRET'],
  ...['ASSAY_KEY', 'ASSAY_NOTE', 'ASSAY_TEST_SECRET'],
  ...['ASSAY_CORPUS_DIR', 'ASSAY_RUBRICS_DIR', 'ASSAY_REQUIRE_ALL'],
  ...['ASSAY_TEST_COST', 'ASSAY_TEST_JSON', 'ASSAY_TEST_NODES', 'ASSAY_TEST_TURN', 'ASSAY_TEST_WHOLE'],
  ...['ASSAY_CONTRACT_RUNS', 'ASSAY_CONTRACT_SEED'],
  ...['ASSAY_KILLS', 'ASSAY_KILL_JOBS', 'ASSAY_SCAN_KILLS', 'ASSAY_SCAN_KILL_FILES'],
];

const OURS = /^ASSAY_/;
/** As many are named; whoever has set more has another question. */
const MOST_NAMED = 20;
const NAME_CHARACTERS = 64;

export function knownVariables(): ReadonlySet<string> {
  const asked = new Set<string>(ELSEWHERE);
  const empty: Record<string, string | undefined> = {};
  readConfig(
    new Proxy<Env>(empty, {
      get(_, name) {
        asked.add(String(name));
        return undefined;
      },
    }),
  );
  return new Set([...asked].filter((name) => OURS.test(name)));
}

/** What to say of each `ASSAY_*` variable that is set and that nobody reads. Never its value: it may be a secret. */
export function unknownVariables(env: Env): Said[] {
  const set = Object.keys(env).filter((name) => OURS.test(name) && env[name]?.trim());
  const known = knownVariables();
  const unknown = set.filter((name) => !known.has(name)).sort();
  return unknown.slice(0, MOST_NAMED).map((name) => {
    const meant = nearestWord(name, [...known]);
    const shown = name.replace(/[^A-Za-z0-9_]/g, '?').slice(0, NAME_CHARACTERS);
    return meant === undefined
      ? said('start.unknownVariable', { variable: shown })
      : said('start.unknownVariable.near', { variable: shown, near: meant });
  });
}
