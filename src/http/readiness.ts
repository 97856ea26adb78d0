import { writeFile } from 'node:fs/promises';
import Type, { type Static } from 'typebox';
import { ISOLATION_LEVELS, ISOLATION_REASONS } from '../core/ground/isolation-level.js';
import type { Inspector } from '../isolation/inspector.js';
import { sandboxCheck } from '../isolation/sandbox-check.js';
import type { Database } from '../store/database.js';
import { newInspectionId } from '../store/inspection-id.js';
import {
  askDatabase,
  askInspector,
  checkTold,
  failed,
  type HealthCheck,
  ok,
} from '../worker/health-probes.js';
import type { Admission } from './admission.js';
import { httpLimits } from './limits.js';
import type { UploadDirectory } from './upload-directory.js';

const check = {
  status: Type.Enum(['ok', 'failed']),
  words: Type.String({ description: 'The same for people.' }),
};
const CheckSchema = Type.Object(check, { additionalProperties: false, title: 'Check' });

const SandboxCheckSchema = Type.Object(
  {
    ...check,
    level: Type.Enum([...ISOLATION_LEVELS], { description: 'As `tool.isolation` of the next Report.' }),
    because: Type.Optional(
      Type.Enum([...ISOLATION_REASONS], {
        description: 'Why there is no sandbox, as `tool.isolationBecause`.',
      }),
    ),
  },
  {
    additionalProperties: false,
    description: '`ok` without a sandbox too, where it was not required; `level` tells which it is.',
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

/** What is asked of others, and kept for a moment. */
type Probed = Record<'dataDirectory' | 'database' | 'inspector', HealthCheck>;

interface Parts {
  database: Pick<Database, 'ping'>;
  inspector: Pick<Inspector, 'inspect' | 'isolation'>;
  /** Aborted when its port is about to be closed. */
  leaving: AbortSignal;
  uploads: UploadDirectory;
  admission: Admission;
}

/** Asks the parts themselves: the database, and a small file is written and inspected, as an upload would be. */
export class ReadinessProbe {
  readonly #parts: Parts;
  #last: { at: number; probe: Promise<Probed> } | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async read(): Promise<Readiness> {
    const now = performance.now();
    if (this.#last === undefined || now - this.#last.at > httpLimits.probeKeptMillis) {
      this.#last = { at: now, probe: this.#probe() };
    }
    const uploads = this.#parts.admission.open ? ok('health.uploads.room') : failed('health.uploads.none');
    const probed = await this.#last.probe;
    const { isolation } = this.#parts.inspector;
    const serving = this.#parts.leaving.aborted ? failed('health.serving.stopping') : ok('health.serving.on');
    const checks = {
      dataDirectory: checkTold(probed.dataDirectory),
      database: checkTold(probed.database),
      inspector: checkTold(probed.inspector),
      ...(isolation && { sandbox: checkTold(sandboxCheck(isolation)) }),
      serving: checkTold(serving),
      uploads: checkTold(uploads),
    };
    const ready = Object.values(checks).every(({ status }) => status === 'ok');
    return { status: ready ? 'ready' : 'not-ready', checks };
  }

  async #probe(): Promise<Probed> {
    const [database, file] = await Promise.all([askDatabase(this.#parts.database), this.#writeAndInspect()]);
    return { dataDirectory: file.dataDirectory, database, inspector: file.inspector };
  }

  async #writeAndInspect(): Promise<Pick<Probed, 'dataDirectory' | 'inspector'>> {
    const { uploads } = this.#parts;
    const path = uploads.file(newInspectionId());
    try {
      await uploads.prepare();
      await writeFile(path, 'assay', { mode: 0o600, flag: 'wx' });
    } catch {
      // A full disk takes the name and not the bytes.
      await uploads.remove(path).catch(() => undefined);
      return {
        dataDirectory: failed('health.folder.readOnly'),
        inspector: failed('health.inspector.notAsked'),
      };
    }
    try {
      return {
        dataDirectory: ok('health.folder.writable'),
        inspector: await askInspector(this.#parts.inspector, path),
      };
    } finally {
      await uploads.remove(path);
    }
  }
}
