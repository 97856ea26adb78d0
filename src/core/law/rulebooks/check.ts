import { Errors } from 'typebox/schema';
import { type Rulebook, RulebookSchema, type WrittenRulebook } from '../rulebook.js';
import { checkRules, type UnknownSignals } from './check-rules.js';

/** JSON from a rulebook's files → a Rulebook. Throws an error that names the file and the place in it. */
export function checkRulebook(value: unknown, file: string, unknown: UnknownSignals = 'refuse'): Rulebook {
  assertSchema(value, file);
  return checkRules(value, file, unknown);
}

function assertSchema(value: unknown, file: string): asserts value is WrittenRulebook {
  const [passes, errors] = Errors(RulebookSchema, value);
  if (passes) return;
  const said = errors.slice(0, 3).map((error) => `${error.instancePath || '/'} ${error.message}`);
  throw new Error(`rulebook ${file}: ${said.join('; ')}`);
}
