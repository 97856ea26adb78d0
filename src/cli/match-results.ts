import { resolve } from 'node:path';
import { readConfig } from '../config.js';
import { keptFaultSaid } from '../core/ground/fault.js';
import { compact } from '../core/ground/json-shape.js';
import { pathTold } from '../core/ground/path-text.js';
import { LIKENESS_KINDS, type LikenessKind } from '../core/likeness/likeness.js';
import type { ShelfRow } from '../core/likeness/shelf-row.js';
import type { Report } from '../core/report/report.js';
import { headlineTold } from '../core/report/text-in.js';
import { said } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import { KeptBeside } from '../scan/kept-beside.js';
import { likenessesIn } from '../scan/likeness-record.js';
import { LikenessResults, type RecordFound } from '../scan/likeness-rows.js';
import { secretKeysThere } from '../secrets/key-file.js';
import { type SealedBytes, SecretFault } from '../secrets/secret-keys.js';
import { openedManifest } from '../store/scan-manifests.js';
import { LOCAL_TENANT } from '../store/scopes.js';
import { UsageError } from './exit-codes.js';
import type { Io } from './io.js';
import type { Against, Declared, Holding } from './match-against.js';

const TENANT = 'results';

/** Results in files. */
export function againstResults(paths: readonly string[], env: Io['env']): Against {
  const results = new LikenessResults(paths);
  let told = new Map<number, RecordFound>();
  const beside = new Map<string, KeptBeside | undefined>();
  const besideOf = (path: string) => {
    if (!beside.has(path)) beside.set(path, KeptBeside.there(path));
    return beside.get(path);
  };
  return {
    tenant: TENANT,
    async *rows() {
      for await (const { id, shelves } of results.rows())
        for (const { kind, frames, seconds, shelf } of shelves) {
          const row: ShelfRow = {
            ...{ seq: 0, id: id * LIKENESS_KINDS.length + LIKENESS_KINDS.indexOf(kind), tenant: TENANT },
            ...{ gone: false, watched: false, kind, frames, shelf },
            ...(seconds === undefined ? {} : { seconds }),
          };
          yield row;
        }
      if (!results.hasAny) throw new UsageError(said('cli.match.noneMade', { paths: [...paths] }));
    },
    counts: async (kinds) => results.counts(kinds),
    async holders(ids, speech) {
      const records = await results.records(new Set([...ids].map(recordOf)));
      told = records;
      return new Map(
        [...ids].flatMap((id): [number, Holding][] => {
          const found = records.get(recordOf(id));
          return found === undefined ? [] : [[id, holdingOf(found, kindOf(id), speech, paths.length > 1)]];
        }),
      );
    },
    async pieces(id, wish) {
      const found = told.get(recordOf(id));
      const from = found && besideOf(found.results);
      if (found === undefined || from === undefined) return {};
      const path = pathTold(found.record);
      const preview = wish.preview ? from.preview(path) : undefined;
      const sealed = wish.manifest ? from.manifest(path) : undefined;
      const of = { tenant: LOCAL_TENANT, scan: found.header.scan, path };
      return { ...(preview && { preview }), ...(sealed && { manifest: storeIn(sealed, of, env) }) };
    },
    close: async () => {
      for (const one of beside.values()) one?.close();
    },
  };
}

/** Opened with the keys of here. */
export function storeIn(
  sealed: SealedBytes,
  of: { tenant: string; scan: string; path: string },
  env: Io['env'],
): Buffer | 'not-opened' {
  const keys = secretKeysThere(readConfig(env).secrets);
  try {
    return keys === undefined ? 'not-opened' : openedManifest(keys, of, sealed);
  } catch (error) {
    if (error instanceof SecretFault) return 'not-opened';
    throw error;
  }
}

const recordOf = (id: number): number => Math.floor(id / LIKENESS_KINDS.length);

const kindOf = (id: number): LikenessKind | undefined => LIKENESS_KINDS[id % LIKENESS_KINDS.length];

function holdingOf(
  { results, header, record }: RecordFound,
  kind: LikenessKind | undefined,
  speech: Speech,
  several: boolean,
): Holding {
  const { path, pathBytes, gone, kept, likeness = {} } = record;
  const partly = likenessesIn(likeness).partly?.find((one) => one.kind === kind);
  return {
    who: {
      path,
      ...(pathBytes === undefined ? {} : { pathBytes }),
      scan: header.scan,
      ...(several ? { results } : {}),
    },
    name: path,
    where: 'scan',
    path: resolve(pathTold(record)),
    sha256: record.asset.sha256,
    declared: declaredIn(record, record.contentCredentials.signer, speech),
    ...(partly === undefined ? {} : { partly: { code: partly.code, said: keptFaultSaid(partly, speech) } }),
    seen: { at: header.begun, by: 'scan' },
    ...compact({ kept, gone }),
  };
}

/** As a record or a Report tells it, in the language. */
export function declaredIn(
  {
    summary,
    contentCredentials,
  }: {
    summary: Pick<Report['summary'], 'headline' | 'origin' | 'backing'>;
    contentCredentials: Pick<Report['contentCredentials'], 'presence' | 'integrity'>;
  },
  signer: string | undefined,
  speech: Speech,
): Declared {
  const { headline, origin, backing } = summary;
  const { presence, integrity } = contentCredentials;
  return {
    ...(headline === undefined ? {} : { headline: headlineTold(headline, speech) }),
    origin,
    ...(backing === undefined ? {} : { backing }),
    presence,
    ...compact({ integrity, signer }),
  };
}
