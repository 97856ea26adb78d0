import { ConfigError } from '../base/env.js';
import { listJurisdictions, loadRulebooks } from '../core/law/rulebooks/index.js';
import type { Config } from './settings.js';

/** Checks the operator's jurisdictions before anything is inspected. An unknown one would silently exclude its law. */
export function checkLawPresets({ lawDefaults: { jurisdictions = [] } }: Pick<Config, 'lawDefaults'>): void {
  if (jurisdictions.length === 0) return;
  const known = listJurisdictions(loadRulebooks()).sort();
  if (jurisdictions.every((jurisdiction) => known.includes(jurisdiction))) return;
  throw new ConfigError('ASSAY_JURISDICTIONS', 'config.eachOf', { names: known });
}
