import type { Env } from '../base/env.js';
import { findNearestWord } from '../base/nearest-word.js';
import { type Message, message } from '../i18n/message.js';
import { readConfig } from './settings.js';

/**
 * Detects variables that are set but have no effect. The known variables are those that `readConfig` requests, so no
 * second list has to be maintained.
 */

/** Variables read outside the configuration: by individual commands, client examples, tests and benchmarks. */
const NON_CONFIG_VARIABLES = [
  ...['ASSAY_TRUST_SOURCES', 'ASSAY_SCAN_WEBHOOK_SECRET'],
  ...['ASSAY_KEY', 'ASSAY_NOTE', 'ASSAY_TEST_SECRET'],
  ...['ASSAY_CORPUS_DIR', 'ASSAY_RUBRICS_DIR', 'ASSAY_REQUIRE_ALL'],
  ...['ASSAY_TEST_COST', 'ASSAY_TEST_JSON', 'ASSAY_TEST_NODES', 'ASSAY_TEST_TURN', 'ASSAY_TEST_WHOLE'],
  ...['ASSAY_CONTRACT_RUNS', 'ASSAY_CONTRACT_SEED'],
  ...['ASSAY_KILLS', 'ASSAY_KILL_JOBS', 'ASSAY_SCAN_KILLS', 'ASSAY_SCAN_KILL_FILES'],
];

const ASSAY_PREFIX = /^ASSAY_/;
/** Unknown variables that are reported at most. */
const MAX_REPORTED = 20;
const MAX_NAME_CHARACTERS = 64;

export function findKnownVariables(): ReadonlySet<string> {
  const requested = new Set<string>(NON_CONFIG_VARIABLES);
  const empty: Record<string, string | undefined> = {};
  readConfig(
    new Proxy<Env>(empty, {
      get(_, name) {
        requested.add(String(name));
        return undefined;
      },
    }),
  );
  return new Set([...requested].filter((name) => ASSAY_PREFIX.test(name)));
}

/**
 * Returns a message for each `ASSAY_*` variable that is set but unknown. Values are never included, because they may be
 * secrets.
 */
export function unknownVariableMessages(env: Env): Message[] {
  const set = Object.keys(env).filter((name) => ASSAY_PREFIX.test(name) && env[name]?.trim());
  const known = findKnownVariables();
  const unknown = set.filter((name) => !known.has(name)).sort();
  return unknown.slice(0, MAX_REPORTED).map((name) => {
    const meant = findNearestWord(name, [...known]);
    const shown = name.replace(/[^A-Za-z0-9_]/g, '?').slice(0, MAX_NAME_CHARACTERS);
    return meant === undefined
      ? message('start.unknownVariable', { variable: shown })
      : message('start.unknownVariable.near', { variable: shown, near: meant });
  });
}
