import { writeFile } from 'node:fs/promises';
import Type, { type Static } from 'typebox';
import { ISOLATION_LEVELS, ISOLATION_REASONS } from '../../base/isolation-level.js';
import type { Inspector } from '../../inspect/pool/inspector.js';
import { checkSandbox } from '../../inspect/sandbox/sandbox-check.js';
import type { UploadDirectory } from '../../service/inspections/upload-directory.js';
import {
  type HealthCheck,
  healthy,
  localizeCheck,
  probeDatabase,
  probeInspector,
  unhealthy,
} from '../../service/ops/health-probes.js';
import type { Database } from '../../storage/engine/database.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import { httpLimits } from '../contract/limits.js';
import type { Admission } from '../guards/admission.js';

const check = {
  status: Type.Enum(['ok', 'failed']),
  words: Type.String({ description: 'Result of the check as text for people.' }),
};
const CheckSchema = Type.Object(check, { additionalProperties: false, title: 'Check' });

const SandboxCheckSchema = Type.Object(
  {
    ...check,
    level: Type.Enum([...ISOLATION_LEVELS], {
      description: 'Isolation of the next inspection, as in `tool.isolation` of its Report.',
    }),
    reason: Type.Optional(
      Type.Enum([...ISOLATION_REASONS], {
        description: 'Reason why no sandbox is used, as in `tool.isolationReason`.',
      }),
    ),
  },
  {
    additionalProperties: false,
    description:
      'Check of the sandbox. The status is also `ok` without a sandbox if none is required; `level` gives the isolation.',
  },
);

export const ReadinessSchema = Type.Object(
  {
    status: Type.Enum(['ready', 'not-ready']),
    checks: Type.Object(
      {
        dataDirectory: CheckSchema,
        database: CheckSchema,
        inspector: CheckSchema,
        sandbox: Type.Optional(SandboxCheckSchema),
        serving: CheckSchema,
        uploads: CheckSchema,
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false, $id: 'Readiness' },
);

export type Readiness = Static<typeof ReadinessSchema>;

/** Results of probes that are cached for a moment. */
type ProbeResults = Record<'dataDirectory' | 'database' | 'inspector', HealthCheck>;

interface Parts {
  database: Pick<Database, 'ping'>;
  inspector: Pick<Inspector, 'inspect' | 'isolation'>;
  /** Aborted when the port is about to be closed. */
  shuttingDown: AbortSignal;
  uploads: UploadDirectory;
  admission: Admission;
}

/** Probes the parts themselves: queries the database, and writes and inspects a small file like an upload. */
export class ReadinessProbe {
  readonly #parts: Parts;
  #last: { at: number; probe: Promise<ProbeResults> } | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async read(): Promise<Readiness> {
    const now = performance.now();
    if (this.#last === undefined || now - this.#last.at > httpLimits.probeCacheMillis) {
      this.#last = { at: now, probe: this.#probe() };
    }
    const uploads = this.#parts.admission.isOpen
      ? healthy('health.uploads.room')
      : unhealthy('health.uploads.none');
    const probed = await this.#last.probe;
    const { isolation } = this.#parts.inspector;
    const serving = this.#parts.shuttingDown.aborted
      ? unhealthy('health.serving.stopping')
      : healthy('health.serving.on');
    const checks = {
      dataDirectory: localizeCheck(probed.dataDirectory),
      database: localizeCheck(probed.database),
      inspector: localizeCheck(probed.inspector),
      ...(isolation && { sandbox: localizeCheck(checkSandbox(isolation)) }),
      serving: localizeCheck(serving),
      uploads: localizeCheck(uploads),
    };
    const ready = Object.values(checks).every(({ status }) => status === 'ok');
    return { status: ready ? 'ready' : 'not-ready', checks };
  }

  async #probe(): Promise<ProbeResults> {
    const [database, file] = await Promise.all([
      probeDatabase(this.#parts.database),
      this.#writeAndInspect(),
    ]);
    return { dataDirectory: file.dataDirectory, database, inspector: file.inspector };
  }

  async #writeAndInspect(): Promise<Pick<ProbeResults, 'dataDirectory' | 'inspector'>> {
    const { uploads } = this.#parts;
    const path = uploads.file(newInspectionId());
    try {
      await uploads.prepare();
      await writeFile(path, 'assay', { mode: 0o600, flag: 'wx' });
    } catch {
      // On a full disk the file name is created, but the bytes are not written.
      await uploads.remove(path).catch(() => undefined);
      return {
        dataDirectory: unhealthy('health.folder.readOnly'),
        inspector: unhealthy('health.inspector.notRequested'),
      };
    }
    try {
      return {
        dataDirectory: healthy('health.folder.writable'),
        inspector: await probeInspector(this.#parts.inspector, path),
      };
    } finally {
      await uploads.remove(path);
    }
  }
}
