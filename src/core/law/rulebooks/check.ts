import { Errors } from 'typebox/schema';
import { type Rulebook, RulebookSchema } from '../rulebook.js';
import { checkRules } from './check-rules.js';

/** JSON from a rulebook's file → a Rulebook. Throws an error that names the file and the place in it. */
export function checkRulebook(value: unknown, file: string): Rulebook {
  assertSchema(value, file);
  return checkRules(value, file);
}

function assertSchema(value: unknown, file: string): asserts value is Rulebook {
  const [passes, errors] = Errors(RulebookSchema, value);
  if (passes) return;
  const said = errors.slice(0, 3).map((error) => `${error.instancePath || '/'} ${error.message}`);
  throw new Error(`rulebook ${file}: ${said.join('; ')}`);
}
