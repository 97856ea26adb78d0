import { keptFaultSaid } from '../core/ground/fault.js';
import { asRecord, asText, compact, type JsonRecord } from '../core/ground/json-shape.js';
import { limits } from '../core/ground/limits.js';
import { FINGERPRINT_BITS } from '../core/likeness/pdq.js';
import { type Headline, INTEGRITIES, ORIGINS, PRESENCES, type Report } from '../core/report/report.js';
import { headlineTold } from '../core/report/text-in.js';
import { BACKINGS } from '../core/signals/backing.js';
import type { Params } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import type { NotMade } from '../store/fingerprints.js';
import type { Match, Matches } from './match-schemas.js';
import { doorOf, type Found, type Sought, sha256In } from './matching.js';
import { shownNotes } from './shown-notes.js';

/** What was found, in the words of a language, as programs are told it. */
export function matchesTold(sought: Sought, speech: Speech): Omit<Matches, 'inspection'> {
  const found = sought.state === 'done' ? sought : { searched: 0, notSearchable: 0, more: false, found: [] };
  const reasons = [
    ...('missing' in sought ? sought.missing : []).map((one) => reasonTold(one, speech)),
    ...('partly' in sought ? (sought.partly ?? []) : []).map((one) => ({
      ...reasonTold(one, speech),
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
    matches: found.found.map((one) => matchTold(one, speech)),
  };
}

export const reasonTold = (missing: NotMade, speech: Speech) => ({
  kind: missing.kind,
  code: missing.code,
  text: speech.say(keptFaultSaid(missing, speech)),
});

export function matchTold(found: Found, speech: Speech): Match {
  const { near, holder, preview } = found;
  const { kind, distance, tier, turn, part, frames } = near;
  return {
    ...whose(found),
    ...{ kind, distance, of: FINGERPRINT_BITS, tier },
    ...compact({ turn, part, frames }),
    backing: 'inferred',
    ...told('declared', declaredIn(found, speech)),
    ...(found.inspection?.record.caseRef === undefined ? {} : { case: found.inspection.record.caseRef }),
    ...notesOf(found),
    ...told('finding', findingOf(found)),
    seen: { at: holder.at, by: doorOf(found) },
    ...(holder.partly === undefined ? {} : { partly: reasonTold({ kind, ...holder.partly }, speech) }),
    ...(holder.left === undefined ? {} : { reportGone: true as const }),
    ...(preview === undefined ? {} : { preview: preview.src }),
    ...told('manifest', found.manifest),
  };
}

function whose({ holder, inspection, scan, collection }: Found): Partial<Match> {
  if ('inspection' in holder) {
    const { record } = inspection ?? {};
    return {
      inspection: holder.inspection,
      ...told('name', record?.request.name),
      ...told('sha256', record?.sha256),
    };
  }
  if ('scan' in holder) {
    const { path, pathBytes } = holder;
    return {
      ...told('scan', scan?.id),
      path,
      ...(pathBytes === undefined ? {} : { pathBytes }),
      ...told('sha256', scan && sha256In(scan.record)),
    };
  }
  return { collection: holder.collection, item: holder.item, ...told('name', collection?.item.name) };
}

/** What people wrote of it; of an item its own before its collection’s. */
export const findingOf = ({ collection }: Found) =>
  collection && (collection.item.finding ?? collection.collection.finding);

function notesOf({ inspection, collection }: Found): Pick<Match, 'notes'> {
  if (inspection !== undefined && inspection.record.notes.length > 0)
    return { notes: shownNotes(inspection.record.notes) };
  const note = collection?.item.note;
  return note === undefined ? {} : { notes: [{ text: note }] };
}

export interface Declared {
  headline?: Headline;
  origin?: Report['summary']['origin'];
  backing?: NonNullable<Report['summary']['backing']>;
  presence?: Report['contentCredentials']['presence'];
  integrity?: NonNullable<Report['contentCredentials']['integrity']>;
  signer?: string;
}

/** What the other file declared, as its own Report or record has it. */
export function declaredIn({ inspection, scan, holder }: Found, speech: Speech): Declared | undefined {
  if (inspection?.report !== undefined) return declaredBy(inspection.report, speech);
  if (scan !== undefined) return declaredInRecord(scan.record, speech);
  const { headline, signer } = holder.left ?? {};
  if (headline === undefined && signer === undefined) return undefined;
  return { ...(headline === undefined ? {} : { headline: { id: headline } }), ...told('signer', signer) };
}

function declaredBy({ summary, contentCredentials }: Report, speech: Speech): Declared {
  const { headline, origin, backing } = summary;
  const { presence, integrity, signer } = contentCredentials;
  return {
    ...(headline === undefined ? {} : { headline: bare(headlineTold(headline, speech)) }),
    origin,
    ...told('backing', backing),
    presence,
    ...told('integrity', integrity),
    ...told('signer', signer?.name),
  };
}

/** A record of this version or of one before, in brief or with the whole Report: only what is as it should be is told. */
function declaredInRecord(record: JsonRecord, speech: Speech): Declared {
  const said = asRecord(record['report']) ?? record;
  const summary = asRecord(said['summary']) ?? {};
  const credentials = asRecord(said['contentCredentials']) ?? {};
  // A name in a record; in a Report there is more of it.
  const signer = asRecord(credentials['signer'])?.['name'] ?? credentials['signer'];
  const headline = asRecord(summary['headline']);
  const id = asText(headline?.['id'], limits.faultParamCharacters);
  const params = asRecord(headline?.['params']) as Params | undefined;
  return {
    ...(id === undefined
      ? {}
      : { headline: bare(headlineTold({ id, ...(params === undefined ? {} : { params }) }, speech)) }),
    ...told('origin', oneOf(ORIGINS, summary['origin'])),
    ...told('backing', oneOf(BACKINGS, summary['backing'])),
    ...told('presence', oneOf(PRESENCES, credentials['presence'])),
    ...told('integrity', oneOf(INTEGRITIES, credentials['integrity'])),
    ...told('signer', asText(signer, limits.faultParamCharacters)),
  };
}

const bare = ({ id, params, text }: Headline): Headline => ({
  id,
  ...told('params', params),
  ...told('text', text),
});

const oneOf = <T extends string>(words: readonly T[], value: unknown): T | undefined =>
  words.find((word) => word === value);

const told = <K extends string, T>(name: K, value: T | undefined): { [N in K]?: T } =>
  (value === undefined ? {} : { [name]: value }) as { [N in K]?: T };
