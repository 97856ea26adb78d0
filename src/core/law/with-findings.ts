import type { Observation, Report } from '../report/report.js';
import type { Role } from '../report/rule-terms.js';
import { evaluate } from './finding.js';
import type { Rulebook } from './rulebook.js';

/** What is asked of a file once it has been read. */
export interface Law {
  rulebooks: readonly Rulebook[];
  /** Only clauses that bind one of these; left out: all. */
  roles?: readonly Role[];
}

/** What a Report says of the rulebooks that it was made with. */
export const editionsOf = (rulebooks: readonly Rulebook[]): Report['tool']['rulebooks'] =>
  rulebooks.map(({ id, edition, jurisdiction, digest, disabled }) => ({
    id,
    edition,
    jurisdiction,
    ...(digest === undefined ? {} : { digest }),
    ...(disabled === undefined ? {} : { disabled: disabled.map(({ rule }) => rule) }),
  }));

/**
 * What the rulebooks make of what was seen, and with it the Report, its members in their order. Pure. It needs no
 * byte of the file, so it is done where none has been read: a hundred findings a file need not be sent and checked.
 */
export function withFindings({ report, unknowable }: Observation, { rulebooks, roles }: Law): Report {
  const { schema, asset, summary, contentCredentials, signals, contradictions, tool, ...last } = report;
  const { name, version, c2paEngines, lists, ...asked } = tool;
  const { asOf } = tool;
  const facts = { kind: asset.kind, signals, unknowable: new Set(unknowable), asOf };
  return {
    schema,
    asset,
    summary,
    contentCredentials,
    signals,
    contradictions,
    findings: evaluate(rulebooks, facts, roles),
    ...last,
    tool: {
      name,
      version,
      c2paEngines,
      lists,
      rulebooks: editionsOf(rulebooks),
      ...asked,
    },
  };
}
