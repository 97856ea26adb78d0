import { analyze, observe } from '../core/analysis/analyze.js';
import { namedSheet } from '../core/analysis/named.js';
import { loadRulebooks } from '../core/law/rulebooks/index.js';
import { Asset } from '../core/media/asset.js';
import type { AnalyzeOptions } from '../core/report/analyze-options.js';
import type { EvidenceSheet } from '../core/report/evidence-sheet.js';
import type { Report } from '../core/report/report.js';
import { fileState, inspectErrorFor } from '../isolation/file-check.js';
import type { Paths } from './input.js';
import type { Asked } from './question.js';

/** What a reading process would do, done here: nothing stands between the file and whoever calls. */

export async function reportOf(asked: Asked, paths: Paths): Promise<Report> {
  const { rulebooks, roles } = asked;
  const law = { rulebooks: loadRulebooks(rulebooks), ...(roles === undefined ? {} : { roles }) };
  return withAsset(paths, (asset) => analyze(asset, { ...optionsOf(asked, paths), ...law }));
}

export async function evidenceOf(asked: Asked, paths: Paths): Promise<EvidenceSheet> {
  const options = { ...optionsOf(asked, paths), evidence: true };
  const { evidence } = await withAsset(paths, (asset) => observe(asset, options));
  if (evidence === undefined) throw inspectErrorFor('EIO');
  return namedSheet(evidence, asked);
}

async function withAsset<T>({ path }: Paths, use: (asset: Asset) => Promise<T>): Promise<T> {
  // To open a FIFO would wait for ever.
  await fileState(path);
  const asset = await Asset.open(path).catch((error: unknown) => {
    throw inspectErrorFor(error instanceof Error && 'code' in error ? String(error.code) : undefined);
  });
  try {
    return await use(asset);
  } finally {
    await asset.close();
  }
}

function optionsOf(asked: Asked, { sidecarPath }: Paths): AnalyzeOptions {
  const { name, declaredMediaType, asOf, asOfBecause, engine, deep, reveal, trustDir } = asked;
  return {
    name,
    asOf,
    asOfBecause,
    engine,
    ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
    ...(deep === undefined ? {} : { deep }),
    ...(reveal === undefined ? {} : { reveal }),
    ...(trustDir === undefined ? {} : { trustDir }),
    ...(sidecarPath === undefined ? {} : { sidecarPath }),
  };
}
