import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import Type, { type Static } from 'typebox';
import type { Inspector, InspectRequest } from '../isolation/inspector.js';
import type { Database } from '../store/database.js';
import { newInspectionId } from '../store/inspection-id.js';
import type { Admission } from './admission.js';
import { httpLimits } from './limits.js';
import type { UploadDirectory } from './upload-directory.js';

const CheckSchema = Type.Object(
  { status: Type.Enum(['ok', 'failed']), words: Type.String({ description: 'The same for people.' }) },
  { additionalProperties: false },
);

export const ReadinessSchema = Type.Object(
  {
    status: Type.Enum(['ready', 'not-ready']),
    checks: Type.Object(
      { dataDirectory: CheckSchema, database: CheckSchema, inspector: CheckSchema, uploads: CheckSchema },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false, $id: 'Readiness' },
);

type Check = Static<typeof CheckSchema>;
export type Readiness = Static<typeof ReadinessSchema>;

const ok = (words: string): Check => ({ status: 'ok', words });
const failed = (words: string): Check => ({ status: 'failed', words });

/** What is asked of others, and kept for a moment. */
type Probed = Omit<Readiness['checks'], 'uploads'>;

interface Parts {
  database: Pick<Database, 'ping'>;
  inspector: Pick<Inspector, 'inspect'>;
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
    const uploads = this.#parts.admission.open
      ? ok('There is room for another upload.')
      : failed('All places for uploads are taken, or the server is shutting down.');
    const checks = { ...(await this.#last.probe), uploads };
    const ready = Object.values(checks).every(({ status }) => status === 'ok');
    return { status: ready ? 'ready' : 'not-ready', checks };
  }

  async #probe(): Promise<Probed> {
    const [database, file] = await Promise.all([this.#askDatabase(), this.#writeAndInspect()]);
    return { dataDirectory: file.dataDirectory, database, inspector: file.inspector };
  }

  async #askDatabase(): Promise<Check> {
    const answer = this.#parts.database.ping().then(
      () => ok('The database answers.'),
      () => failed('The database does not answer.'),
    );
    return Promise.race([answer, late(failed('The database did not answer in time.'))]);
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
        dataDirectory: failed('The data directory cannot be written to.'),
        inspector: failed('Not asked, for want of a file.'),
      };
    }
    try {
      return {
        dataDirectory: ok('The data directory can be written to.'),
        inspector: await this.#inspect(path),
      };
    } finally {
      await uploads.remove(path);
    }
  }

  async #inspect(path: string): Promise<Check> {
    const request: InspectRequest = {
      path,
      name: 'probe',
      asOf: '2026-01-01',
      rulebooks: [],
      engine: 'auto',
    };
    const inspection = this.#parts.inspector.inspect(request).then(
      ({ tool }) =>
        ok(
          tool.isolation === 'sandbox'
            ? 'A file was inspected, in a sandbox.'
            : 'A file was inspected, outside a sandbox.',
        ),
      () => failed('The inspector refused a file.'),
    );
    return Promise.race([inspection, late(failed('The inspector did not answer in time.'))]);
  }
}

const late = (check: Check) => delay(httpLimits.probeMillis, check, { ref: false });
