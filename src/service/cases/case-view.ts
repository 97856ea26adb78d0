import { type ReadFault, storedFaultMessage } from '../../base/fault.js';
import { asRecord, type JsonRecord } from '../../base/json-shape.js';
import { withHeadlineText } from '../../core/report/message-lookup.js';
import type { Headline } from '../../core/report/report.js';
import type { Translator } from '../../i18n/translator.js';
import { LOCAL_TENANT } from '../../storage/access/scopes.js';
import type { CaseItem, StoredCase } from '../../storage/cases/cases.js';

/** Views of cases for API answers and bundles. */

/** Without keys (the local tenant) there is no name to show. */
export const personName = (by: string | undefined): string | undefined =>
  by === LOCAL_TENANT ? undefined : by;

/** The tenant is left out: it is always the caller's own. */
export function toCaseView({ tenant: _, createdBy, closedBy, ...rest }: StoredCase) {
  return {
    ...rest,
    ...optionalMember('createdBy', personName(createdBy)),
    ...optionalMember('closedBy', personName(closedBy)),
  };
}

export function toCaseItemView(
  { createdAt: _, other: __, by, removed, match, ...rest }: CaseItem,
  translator: Translator,
) {
  return {
    ...rest,
    ...optionalMember('by', personName(by)),
    ...(match === undefined ? {} : { match: localizeStoredMatch(match, translator) }),
    ...(removed === undefined
      ? {}
      : { removed: { at: removed.at, ...optionalMember('by', personName(removed.by)) } }),
  };
}

/** Returns a match in its stored form: no localized text, and no addresses of data that may be deleted. */
export function toStoredMatch({ preview: _, manifest: __, ...match }: JsonRecord): JsonRecord {
  return mapMatchTexts(
    match,
    ({ text: ___, ...rest }) => rest,
    ({ text: ___, ...rest }) => rest,
  );
}

/** Localizes a stored match. Assay wrote the record itself, so its shape is trusted. */
export function localizeStoredMatch(match: JsonRecord, translator: Translator): JsonRecord {
  return mapMatchTexts(
    match,
    (headline) => ({ ...withHeadlineText(headline as unknown as Headline, translator) }),
    (partly) => ({
      ...partly,
      text: translator.translate(storedFaultMessage(partly as unknown as ReadFault, translator)),
    }),
  );
}

function mapMatchTexts(
  match: JsonRecord,
  headlineOf: (headline: JsonRecord) => JsonRecord,
  partlyOf: (partly: JsonRecord) => JsonRecord,
): JsonRecord {
  const declared = asRecord(match['declared']);
  const headline = asRecord(declared?.['headline']);
  const partly = asRecord(match['partly']);
  return {
    ...match,
    ...(headline === undefined ? {} : { declared: { ...declared, headline: headlineOf(headline) } }),
    ...(partly === undefined ? {} : { partly: partlyOf(partly) }),
  };
}

const optionalMember = <K extends string, T>(name: K, value: T | undefined): { [N in K]?: T } =>
  (value === undefined ? {} : { [name]: value }) as { [N in K]?: T };
