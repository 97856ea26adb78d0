import { addFindings } from '../core/law/findings.js';
import { resolveLaw } from '../core/law/law-selection.js';
import { Asset } from '../core/media/asset.js';
import { observe } from '../core/pipeline/analyze.js';
import { withEvidenceName, withName } from '../core/pipeline/rename.js';
import { inspectErrorFor, readFileStamp } from '../inspect/files/file-check.js';
import type { Inspector } from '../inspect/pool/inspector.js';

/** Creates an inspector that reads files in this process, without any isolation between the file and the caller. */
export function createInProcessInspector(trustDir: string | undefined): Pick<Inspector, 'inspect'> {
  const lists = trustDir === undefined ? {} : { trustDir };
  return {
    async inspect(
      { path, ...request },
      { onEvidence: takeEvidence, onManifestStore: takeManifestStore, onParts: takeParts } = {},
    ) {
      // Checked first, because opening a FIFO would block forever.
      await readFileStamp(path);
      if (request.initPath !== undefined) await readFileStamp(request.initPath);
      const asset = await Asset.open(path).catch((error: unknown) => {
        throw inspectErrorFor(error instanceof Error && 'code' in error ? String(error.code) : undefined);
      });
      try {
        const observed = await observe(asset, {
          ...request,
          ...lists,
          evidence: takeEvidence !== undefined,
          partReports: takeParts !== undefined,
          ...(takeManifestStore && { onManifestStore: takeManifestStore }),
        });
        if (observed.evidence !== undefined) takeEvidence?.(withEvidenceName(observed.evidence, request));
        const law = resolveLaw(request);
        takeParts?.(
          (observed.parts ?? []).map(({ number, observation }) => ({
            number,
            report: addFindings(observation, law),
          })),
        );
        return addFindings(withName(observed, request), law);
      } finally {
        await asset.close();
      }
    },
  };
}
