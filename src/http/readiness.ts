import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import Type, { type Static } from 'typebox';
import type { Inspector, InspectRequest } from '../isolation/inspector.js';
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
      { dataDirectory: CheckSchema, inspector: CheckSchema, uploads: CheckSchema },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false, $id: 'Readiness' },
);

type Check = Static<typeof CheckSchema>;
export type Readiness = Static<typeof ReadinessSchema>;

const ok = (words: string): Check => ({ status: 'ok', words });
const failed = (words: string): Check => ({ status: 'failed', words });

interface Parts {
  inspector: Pick<Inspector, 'inspect'>;
  uploads: UploadDirectory;
  admission: Admission;
}

/** Asks the parts themselves: writes a small file and has it inspected, as an upload would be. */
export class ReadinessProbe {
  readonly #parts: Parts;
  #last: { at: number; probe: Promise<Pick<Readiness['checks'], 'dataDirectory' | 'inspector'>> } | undefined;

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

  async #probe(): Promise<Pick<Readiness['checks'], 'dataDirectory' | 'inspector'>> {
    const { uploads } = this.#parts;
    const path = uploads.newPath();
    try {
      await uploads.prepare();
      await writeFile(path, 'assay', { mode: 0o600, flag: 'wx' });
    } catch {
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
      () => ok('A file was inspected.'),
      () => failed('The inspector refused a file.'),
    );
    const late = delay(httpLimits.probeMillis, failed('The inspector did not answer in time.'), {
      ref: false,
    });
    return Promise.race([inspection, late]);
  }
}
