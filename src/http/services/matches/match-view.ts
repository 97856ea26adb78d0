import { storedFaultMessage } from '../../../base/fault.js';
import { asRecord, asText, compact, type JsonRecord } from '../../../base/json-shape.js';
import { limits } from '../../../base/limits.js';
import { withHeadlineText } from '../../../core/report/message-lookup.js';
import {
  type Headline,
  INTEGRITIES,
  type LocalizedHeadline,
  ORIGINS,
  PRESENCES,
  type StoredReport,
} from '../../../core/report/report.js';
import { isSignerConfirmed } from '../../../core/report/signer-name.js';
import { BACKINGS } from '../../../core/signals/backing.js';
import type { Params } from '../../../i18n/message.js';
import type { Translator } from '../../../i18n/translator.js';
import { HASH_BITS } from '../../../matching/pdq.js';
import type { MissingKind } from '../../../storage/fingerprints/fingerprints.js';
import { toNoteViews } from '../shown-notes.js';
import type { Match, Matches } from './match-schemas.js';
import { entryPointOf, type MatchedFile, type SearchOutcome, sha256OfRecord } from './matching.js';

/** Builds the view of matches for programs, in a language. */
export function toMatchesView(sought: SearchOutcome, translator: Translator): Omit<Matches, 'inspection'> {
  const found = sought.state === 'done' ? sought : { searched: 0, notSearchable: 0, more: false, found: [] };
  const reasons = [
    ...('missing' in sought ? sought.missing : []).map((one) => toReasonView(one, translator)),
    ...('partly' in sought ? (sought.partly ?? []) : []).map((one) => ({
      ...toReasonView(one, translator),
      partly: true as const,
    })),
  ];
  return {
    schema: 'assay.matches/1',
    state: sought.state,
    ...(reasons.length === 0 ? {} : { reasons }),
    searched: found.searched,
    notSearchable: found.notSearchable,
    more: found.more,
    ...('behind' in found && found.behind ? { behind: true as const } : {}),
    matches: found.found.map((one) => toMatchView(one, translator)),
  };
}

export const toReasonView = (missing: MissingKind, translator: Translator) => ({
  kind: missing.kind,
  code: missing.code,
  text: translator.translate(storedFaultMessage(missing, translator)),
});

export function toMatchView(found: MatchedFile, translator: Translator): Match {
  const { fingerprintMatch: near, holder, preview } = found;
  const { kind, distance, tier, orientation, part, frames } = near;
  return {
    ...holderReference(found),
    ...{ kind, distance, of: HASH_BITS, tier },
    ...compact({ orientation, part, frames }),
    backing: 'inferred',
    ...optionalMember('declared', findDeclared(found, translator)),
    ...(found.inspection?.record.caseRef === undefined ? {} : { case: found.inspection.record.caseRef }),
    ...notesOf(found),
    ...optionalMember('finding', findingOf(found)),
    seen: { at: holder.at, by: entryPointOf(found) },
    ...(holder.partly === undefined ? {} : { partly: toReasonView({ kind, ...holder.partly }, translator) }),
    ...(holder.remainder === undefined ? {} : { reportDeleted: true as const }),
    ...(preview === undefined ? {} : { preview: preview.src }),
    ...optionalMember('manifest', found.manifest),
  };
}

function holderReference({ holder, inspection, scan, collection }: MatchedFile): Partial<Match> {
  if ('inspection' in holder) {
    const { record } = inspection ?? {};
    return {
      inspection: holder.inspection,
      ...optionalMember('name', record?.request.name),
      ...optionalMember('sha256', record?.sha256),
    };
  }
  if ('scan' in holder) {
    const { path, pathBytes } = holder;
    return {
      ...optionalMember('scan', scan?.id),
      path,
      ...(pathBytes === undefined ? {} : { pathBytes }),
      ...optionalMember('sha256', scan && sha256OfRecord(scan.record)),
    };
  }
  return {
    collection: holder.collection,
    item: holder.item,
    ...optionalMember('name', collection?.item.name),
  };
}

/** Returns the finding that people wrote; that of an item takes precedence over that of its collection. */
export const findingOf = ({ collection }: MatchedFile) =>
  collection && (collection.item.finding ?? collection.collection.finding);

function notesOf({ inspection, collection }: MatchedFile): Pick<Match, 'notes'> {
  if (inspection !== undefined && inspection.record.notes.length > 0)
    return { notes: toNoteViews(inspection.record.notes) };
  const note = collection?.item.note;
  return note === undefined ? {} : { notes: [{ text: note }] };
}

export interface DeclaredView {
  /** Without text if only the id is left, because the Report was deleted. */
  headline?: Headline & { text?: string };
  origin?: StoredReport['summary']['origin'];
  backing?: NonNullable<StoredReport['summary']['backing']>;
  presence?: StoredReport['contentCredentials']['presence'];
  integrity?: NonNullable<StoredReport['contentCredentials']['integrity']>;
  signer?: string;
  /** Set if a list confirms the name; otherwise only the certificate says it. */
  signerConfirmed?: true;
}

/** Returns the declarations of the other file, from its own Report or scan record. */
export function findDeclared(
  { inspection, scan, holder }: MatchedFile,
  translator: Translator,
): DeclaredView | undefined {
  if (inspection?.report !== undefined) return declaredBy(inspection.report, translator);
  if (scan !== undefined) return declaredInRecord(scan.record, translator);
  const { headline, signer } = holder.remainder ?? {};
  if (headline === undefined && signer === undefined) return undefined;
  return {
    ...(headline === undefined ? {} : { headline: { id: headline } }),
    ...optionalMember('signer', signer),
  };
}

function declaredBy({ summary, contentCredentials }: StoredReport, translator: Translator): DeclaredView {
  const { headline, origin, backing } = summary;
  const { presence, integrity, signer } = contentCredentials;
  return {
    ...(headline === undefined ? {} : { headline: plainParams(withHeadlineText(headline, translator)) }),
    origin,
    ...optionalMember('backing', backing),
    presence,
    ...optionalMember('integrity', integrity),
    ...optionalMember('signer', signer?.name),
    ...confirmedMember(summary.facts),
  };
}

/** Reads a scan record from a database to which others may write too; members of an unexpected shape are ignored. */
function declaredInRecord(record: JsonRecord, translator: Translator): DeclaredView {
  const summary = asRecord(record['summary']) ?? {};
  const credentials = asRecord(record['contentCredentials']) ?? {};
  const headline = asRecord(summary['headline']);
  const id = asText(headline?.['id'], limits.faultParamCharacters);
  const params = asRecord(headline?.['params']) as Params | undefined;
  return {
    ...(id === undefined
      ? {}
      : {
          headline: plainParams(
            withHeadlineText({ id, ...(params === undefined ? {} : { params }) }, translator),
          ),
        }),
    ...optionalMember('origin', oneOf(ORIGINS, summary['origin'])),
    ...optionalMember('backing', oneOf(BACKINGS, summary['backing'])),
    ...optionalMember('presence', oneOf(PRESENCES, credentials['presence'])),
    ...optionalMember('integrity', oneOf(INTEGRITIES, credentials['integrity'])),
    ...optionalMember('signer', asText(credentials['signer'], limits.faultParamCharacters)),
    ...confirmedMember(summary['facts']),
  };
}

const confirmedMember = (facts: unknown): Pick<DeclaredView, 'signerConfirmed'> =>
  isSignerConfirmed(facts) ? { signerConfirmed: true } : {};

const plainParams = ({ id, params, text }: LocalizedHeadline): LocalizedHeadline => ({
  id,
  ...optionalMember('params', params),
  text,
});

const oneOf = <T extends string>(words: readonly T[], value: unknown): T | undefined =>
  words.find((word) => word === value);

const optionalMember = <K extends string, T>(name: K, value: T | undefined): { [N in K]?: T } =>
  (value === undefined ? {} : { [name]: value }) as { [N in K]?: T };
