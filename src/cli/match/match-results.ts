import { resolve } from 'node:path';
import { storedFaultMessage } from '../../base/fault.js';
import { compact } from '../../base/json-shape.js';
import { fromRecordPath } from '../../base/path-text.js';
import { readSecretKeys } from '../../base/secrets/key-file.js';
import { type EncryptedBytes, SecretError } from '../../base/secrets/secret-keys.js';
import { readConfig } from '../../config/settings.js';
import { withHeadlineText } from '../../core/report/message-lookup.js';
import type { StoredReport } from '../../core/report/report.js';
import { isSignerConfirmed } from '../../core/report/signer-name.js';
import { message } from '../../i18n/message.js';
import type { Translator } from '../../i18n/translator.js';
import { ALL_FINGERPRINT_KINDS, type FingerprintKind } from '../../matching/fingerprint.js';
import type { IndexableRow } from '../../matching/indexed-row.js';
import { FingerprintResults, type FoundRecord } from '../../scan/fingerprints/fingerprint-rows.js';
import { toFingerprintSet } from '../../scan/records/record-fingerprints.js';
import { StoredAttachments } from '../../scan/results/stored-attachments.js';
import { LOCAL_TENANT } from '../../storage/access/scopes.js';
import { openManifest } from '../../storage/scans/scan-manifests.js';
import { UsageError } from '../shared/exit-codes.js';
import type { Io } from '../shared/io.js';
import type { DeclaredFacts, MatchOwner, MatchSource } from './match-against.js';

const TENANT = 'results';

/** Returns a source over result files of scans. */
export function matchSourceOfResults(paths: readonly string[], env: Io['env']): MatchSource {
  const results = new FingerprintResults(paths);
  let foundRecords = new Map<number, FoundRecord>();
  const attachments = new Map<string, StoredAttachments | undefined>();
  const attachmentsOf = (path: string) => {
    if (!attachments.has(path)) attachments.set(path, StoredAttachments.openExisting(path));
    return attachments.get(path);
  };
  return {
    tenant: TENANT,
    async *rows() {
      for await (const { id, fingerprints: shelves } of results.rows())
        for (const { kind, frames, seconds, shelf } of shelves) {
          const row: IndexableRow = {
            ...{
              seq: 0,
              id: id * ALL_FINGERPRINT_KINDS.length + ALL_FINGERPRINT_KINDS.indexOf(kind),
              tenant: TENANT,
            },
            ...{ gone: false, watched: false, kind, frames, shelf },
            ...(seconds === undefined ? {} : { seconds }),
          };
          yield row;
        }
      if (!results.hasAny) throw new UsageError(message('cli.match.noneMade', { paths: [...paths] }));
    },
    counts: async (kinds) => results.counts(kinds),
    async owners(ids, speech) {
      const records = await results.records(new Set([...ids].map(recordOf)));
      foundRecords = records;
      return new Map(
        [...ids].flatMap((id): [number, MatchOwner][] => {
          const found = records.get(recordOf(id));
          return found === undefined ? [] : [[id, ownerOf(found, kindOf(id), speech, paths.length > 1)]];
        }),
      );
    },
    async attachments(id, wish) {
      const found = foundRecords.get(recordOf(id));
      const from = found && attachmentsOf(found.results);
      if (found === undefined || from === undefined) return {};
      const path = fromRecordPath(found.record);
      const preview = wish.preview ? from.preview(path) : undefined;
      const sealed = wish.manifest ? from.manifest(path) : undefined;
      const of = { tenant: LOCAL_TENANT, scan: found.header.scan, path };
      return { ...(preview && { preview }), ...(sealed && { manifest: openManifestStore(sealed, of, env) }) };
    },
    close: async () => {
      for (const one of attachments.values()) one?.close();
    },
  };
}

/**
 * Decrypts a stored manifest store with this installation's keys; returns `not-opened` if there is no key or it does
 * not fit.
 */
export function openManifestStore(
  sealed: EncryptedBytes,
  of: { tenant: string; scan: string; path: string },
  env: Io['env'],
): Buffer | 'not-opened' {
  const keys = readSecretKeys(readConfig(env).secrets);
  try {
    return keys === undefined ? 'not-opened' : openManifest(keys, of, sealed);
  } catch (error) {
    if (error instanceof SecretError) return 'not-opened';
    throw error;
  }
}

const recordOf = (id: number): number => Math.floor(id / ALL_FINGERPRINT_KINDS.length);

const kindOf = (id: number): FingerprintKind | undefined =>
  ALL_FINGERPRINT_KINDS[id % ALL_FINGERPRINT_KINDS.length];

function ownerOf(
  { results, header, record }: FoundRecord,
  kind: FingerprintKind | undefined,
  translator: Translator,
  several: boolean,
): MatchOwner {
  const { path, pathBytes, gone, kept, fingerprint = {} } = record;
  const partly = toFingerprintSet(fingerprint).partly?.find((one) => one.kind === kind);
  return {
    who: {
      path,
      ...(pathBytes === undefined ? {} : { pathBytes }),
      scan: header.scan,
      ...(several ? { results } : {}),
    },
    name: path,
    where: 'scan',
    path: resolve(fromRecordPath(record)),
    sha256: record.asset.sha256,
    declared: declaredFacts(record, record.contentCredentials.signer, translator),
    ...(partly === undefined
      ? {}
      : { partly: { code: partly.code, userMessage: storedFaultMessage(partly, translator) } }),
    seen: { at: header.begun, by: 'scan' },
    ...compact({ kept, gone }),
  };
}

/** Returns the facts of a record or Report, with texts in the given language. */
export function declaredFacts(
  {
    summary,
    contentCredentials,
  }: {
    summary: Pick<StoredReport['summary'], 'headline' | 'origin' | 'backing' | 'facts'>;
    contentCredentials: Pick<StoredReport['contentCredentials'], 'presence' | 'integrity'>;
  },
  signer: string | undefined,
  speech: Translator,
): DeclaredFacts {
  const { headline, origin, backing, facts } = summary;
  const { presence, integrity } = contentCredentials;
  return {
    ...(headline === undefined ? {} : { headline: withHeadlineText(headline, speech) }),
    origin,
    ...(backing === undefined ? {} : { backing }),
    presence,
    ...compact({ integrity, signer }),
    ...(signer !== undefined && isSignerConfirmed(facts) ? { signerConfirmed: true as const } : {}),
  };
}
