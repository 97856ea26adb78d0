import { Errors } from 'typebox/schema';
import { type RawRulebook, type Rulebook, RulebookSchema } from '../rulebook.js';
import { checkRules, type UnknownSignals } from './check-rules.js';

/**
 * Validates JSON from a rulebook's files and returns the Rulebook. Throws an error that names the file and the path in
 * it.
 */
export function checkRulebook(value: unknown, file: string, unknown: UnknownSignals = 'refuse'): Rulebook {
  assertSchema(value, file);
  return checkRules(value, file, unknown);
}

function assertSchema(value: unknown, file: string): asserts value is RawRulebook {
  const [passes, errors] = Errors(RulebookSchema, value);
  if (passes) return;
  const said = errors.slice(0, 3).map((error) => `${error.instancePath || '/'} ${error.message}`);
  throw new Error(`rulebook ${file}: ${said.join('; ')}`);
}
