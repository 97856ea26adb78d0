import { Errors } from 'typebox/schema';
import { type Rule, type Rulebook, RulebookSchema } from '../rulebook.js';

/** JSON from a rulebook's file → a Rulebook. Throws an error that names the file and the place in it. */
export function checkRulebook(value: unknown, file: string): Rulebook {
  assertSchema(value, file);
  if (`${value.id}.json` !== file) refuse(file, '/id', `is ${value.id}, and the file’s name differs`);
  assertDate(value.edition, file, '/edition');
  const seen = new Set<string>();
  for (const [index, rule] of value.rules.entries()) {
    const place = `/rules/${index} (${rule.id})`;
    if (seen.has(rule.id)) refuse(file, place, 'has the id of an earlier rule');
    seen.add(rule.id);
    checkRule(rule, file, place);
  }
  return value;
}

function checkRule(rule: Rule, file: string, place: string): void {
  const { from, until } = rule.inForce;
  assertDate(from, file, `${place}/inForce/from`);
  if (until !== undefined) {
    assertDate(until, file, `${place}/inForce/until`);
    if (until <= from) refuse(file, `${place}/inForce`, 'ends before it begins');
  }
  if (rule.notAssessable === undefined && rule.answeredWhen === undefined) {
    refuse(file, place, 'needs answeredWhen, or notAssessable with the reason');
  }
  if (
    rule.notAssessable !== undefined &&
    (rule.appliesWhen ?? rule.answeredWhen ?? rule.partlyAnsweredWhen)
  ) {
    refuse(file, place, 'is notAssessable, so its conditions would never be looked at');
  }
}

function assertSchema(value: unknown, file: string): asserts value is Rulebook {
  const [passes, errors] = Errors(RulebookSchema, value);
  if (passes) return;
  const said = errors.slice(0, 3).map((error) => `${error.instancePath || '/'} ${error.message}`);
  throw new Error(`rulebook ${file}: ${said.join('; ')}`);
}

/** The schema's pattern lets the 31st of February through. */
function assertDate(date: string, file: string, place: string): void {
  const time = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date)
    refuse(file, place, `is no day: ${date}`);
}

function refuse(file: string, place: string, why: string): never {
  throw new Error(`rulebook ${file}: ${place} ${why}`);
}
