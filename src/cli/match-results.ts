import { resolve } from 'node:path';
import { keptFaultSaid } from '../core/ground/fault.js';
import { pathTold } from '../core/ground/path-text.js';
import { LIKENESS_KINDS, type LikenessKind } from '../core/likeness/likeness.js';
import type { Report } from '../core/report/report.js';
import { headlineTold } from '../core/report/text-in.js';
import type { ShelfRow } from '../likeness/source.js';
import { said } from '../say/said.js';
import type { Speech } from '../say/speech.js';
import { likenessesIn } from '../scan/likeness-record.js';
import { LikenessResults, type RecordFound } from '../scan/likeness-rows.js';
import { UsageError } from './exit-codes.js';
import type { Against, Declared, Holding } from './match-against.js';

const TENANT = 'results';

/** Results in files. */
export function againstResults(paths: readonly string[]): Against {
  const results = new LikenessResults(paths);
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
      return new Map(
        [...ids].flatMap((id): [number, Holding][] => {
          const found = records.get(recordOf(id));
          return found === undefined ? [] : [[id, holdingOf(found, kindOf(id), speech, paths.length > 1)]];
        }),
      );
    },
    close: async () => {},
  };
}

const recordOf = (id: number): number => Math.floor(id / LIKENESS_KINDS.length);

const kindOf = (id: number): LikenessKind | undefined => LIKENESS_KINDS[id % LIKENESS_KINDS.length];

function holdingOf(
  { results, header, record }: RecordFound,
  kind: LikenessKind | undefined,
  speech: Speech,
  several: boolean,
): Holding {
  const { path, pathBytes, gone, likeness = {} } = record;
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
    ...(gone === undefined ? {} : { gone }),
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
    ...(integrity === undefined ? {} : { integrity }),
    ...(signer === undefined ? {} : { signer }),
  };
}
