import type { Rule, Rulebook } from '../rulebook.js';

/** What the schema cannot say. Throws an error that names the file and the place in it. */
export function checkRules(value: Rulebook, file: string): Rulebook {
  if (`${value.id}/rulebook.json` !== file)
    refuse(file, '/id', `is ${value.id}, and the folder’s name differs`);
  assertDate(value.edition, file, '/edition');
  const seen = new Set<string>();
  for (const [index, rule] of value.rules.entries()) {
    const place = `/rules/${index} (${rule.id})`;
    if (seen.has(rule.id)) refuse(file, place, 'has the id of an earlier rule');
    seen.add(rule.id);
    checkRule(rule, file, place);
  }
  for (const [index, { supersededBy, inForce }] of value.rules.entries()) {
    if (supersededBy === undefined) continue;
    const place = `/rules/${index}/supersededBy`;
    if (!seen.has(supersededBy)) refuse(file, place, `names no rule of this book: ${supersededBy}`);
    if (inForce.until === undefined) refuse(file, place, 'is given, and the rule has no last day');
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
  if (rule.statements['not-assessable'] !== undefined)
    refuse(file, `${place}/statements`, 'has not-assessable, whose text goes with notAssessable alone');
  if (rule.notAssessable === undefined && rule.answeredWhen === undefined) {
    refuse(file, place, 'needs answeredWhen, or notAssessable');
  }
  if (rule.notAssessable !== undefined && (rule.answeredWhen ?? rule.partlyAnsweredWhen)) {
    refuse(file, place, 'is notAssessable, so its conditions would never be looked at');
  }
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
