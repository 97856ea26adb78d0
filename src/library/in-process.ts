import { observe } from '../core/analysis/analyze.js';
import { named, namedSheet } from '../core/analysis/named.js';
import { lawFor } from '../core/law/asked-law.js';
import { withFindings } from '../core/law/with-findings.js';
import { Asset } from '../core/media/asset.js';
import { fileState, inspectErrorFor } from '../isolation/file-check.js';
import type { Inspector } from '../isolation/inspector.js';

/** What a reading process would do, done here: nothing stands between the file and whoever calls. */
export function inProcess(trustDir: string | undefined): Pick<Inspector, 'inspect'> {
  const lists = trustDir === undefined ? {} : { trustDir };
  return {
    async inspect({ path, ...asked }, { takeEvidence, takeManifestStore, takeParts } = {}) {
      // To open a FIFO would wait for ever.
      await fileState(path);
      if (asked.initPath !== undefined) await fileState(asked.initPath);
      const asset = await Asset.open(path).catch((error: unknown) => {
        throw inspectErrorFor(error instanceof Error && 'code' in error ? String(error.code) : undefined);
      });
      try {
        const observed = await observe(asset, {
          ...asked,
          ...lists,
          evidence: takeEvidence !== undefined,
          partReports: takeParts !== undefined,
          ...(takeManifestStore && { onManifestStore: takeManifestStore }),
        });
        if (observed.evidence !== undefined) takeEvidence?.(namedSheet(observed.evidence, asked));
        const law = lawFor(asked);
        takeParts?.(
          (observed.parts ?? []).map(({ number, observation }) => ({
            number,
            report: withFindings(observation, law),
          })),
        );
        return withFindings(named(observed, asked), law);
      } finally {
        await asset.close();
      }
    },
  };
}
