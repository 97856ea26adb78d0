import type { Config } from './config.js';
import { loadRulebooks, placesWithLaw } from './core/law/rulebooks/index.js';
import { ConfigError } from './env.js';

/** Before anything is inspected: a place that no rulebook knows would leave its law out without a word. */
export function checkLawPresets({ lawDefaults: { jurisdictions = [] } }: Pick<Config, 'lawDefaults'>): void {
  if (jurisdictions.length === 0) return;
  const known = placesWithLaw(loadRulebooks()).sort();
  if (jurisdictions.every((place) => known.includes(place))) return;
  throw new ConfigError('ASSAY_JURISDICTIONS', 'config.eachOf', { names: known });
}
