import { type ExpressionBuilder, type ExpressionWrapper, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { DatabaseDialect } from '../schema/dialect.js';
import type { Tables } from '../schema/tables.js';
import { type Fact, rulebookOutcome } from './inspection-facts.js';
import type { InspectionFilter } from './inspections.js';

type Builder = ExpressionBuilder<Tables, 'inspections'>;
type Condition = ExpressionWrapper<Tables, 'inspections', SqlBool>;

/** Returns the condition for the tenant and every requested filter. */
export function buildConditions(
  eb: Builder,
  tenant: string,
  filter: InspectionFilter,
  flavour: DatabaseDialect,
): Condition {
  const columns = {
    sha256: filter.sha256,
    origin: filter.origin,
    backing: filter.backing,
    signer: filter.signer,
    kind: filter.kind,
    status: filter.status,
    case_ref: filter.caseRef,
    batch_id: filter.batchId,
  } as const;
  return eb.and([
    eb('inspections.tenant', '=', tenant),
    ...Object.entries(columns).flatMap(([name, value]) =>
      value === undefined ? [] : [eb(`inspections.${name as keyof typeof columns}`, '=', value)],
    ),
    ...(filter.from === undefined ? [] : [eb('inspections.created_at', '>=', filter.from)]),
    ...(filter.to === undefined ? [] : [eb('inspections.created_at', '<', filter.to)]),
    ...(filter.words === undefined ? [] : [matchesText(filter.words, flavour)]),
    ...requestedFacts(filter).map((fact) => hasFact(eb, tenant, fact)),
  ]);
}

/**
 * The name stands in what was asked, which is JSON; names come without what PostgreSQL's JSON cannot hold
 * (http/uploads/upload-name.ts). SQLite knows small and capital letters of ASCII alone, so both sides are left to the database.
 */
function matchesText(words: string, flavour: DatabaseDialect): RawBuilder<SqlBool> {
  const name =
    flavour === 'sqlite'
      ? sql<string>`json_extract(inspections.request, '$.name')`
      : sql<string>`(inspections.request::json ->> 'name')`;
  const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
  const holds = (text: RawBuilder<string>) =>
    sql<SqlBool>`lower(${text}) like lower(cast(${pattern} as text)) escape '\\'`;
  const columns = [sql<string>`inspections.signer`, sql<string>`inspections.case_ref`];
  return sql<SqlBool>`(${sql.join([name, ...columns].map(holds), sql` or `)})`;
}

function requestedFacts({ signal, label, outcome, rulebook, tag }: InspectionFilter): Fact[] {
  const both = outcome !== undefined && rulebook !== undefined;
  return [
    ...(signal === undefined ? [] : [{ name: 'signal', value: signal } as const]),
    ...(label === undefined ? [] : [{ name: 'label', value: label } as const]),
    ...(tag === undefined ? [] : [{ name: 'tag', value: tag } as const]),
    ...(both ? [{ name: 'rulebook-outcome', value: rulebookOutcome(rulebook, outcome) } as const] : []),
    ...(!both && outcome !== undefined ? [{ name: 'outcome', value: outcome } as const] : []),
    ...(!both && rulebook !== undefined ? [{ name: 'rulebook', value: rulebook } as const] : []),
  ];
}

function hasFact(eb: Builder, tenant: string, { name, value }: Fact): Condition {
  return eb.exists(
    eb
      .selectFrom('inspection_facts')
      .select('inspection_facts.inspection_id')
      .whereRef('inspection_facts.inspection_id', '=', 'inspections.id')
      .where('inspection_facts.tenant', '=', tenant)
      .where('inspection_facts.name', '=', name)
      .where('inspection_facts.value', '=', value),
  );
}
