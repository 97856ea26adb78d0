import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Inspector } from '../isolation/inspector.js';
import { sandboxCheck } from '../isolation/sandbox-check.js';
import type { Pulse } from '../lease/pulse.js';
import { ownFolder } from '../own-folder.js';
import type { Database } from '../store/database.js';
import {
  askDatabase,
  askInspector,
  checkTold,
  failed,
  type HealthCheck,
  ok,
  type ToldCheck,
} from './health-probes.js';

export interface WorkerReadiness {
  status: 'ready' | 'not-ready';
  checks: { loop: ToldCheck; database: ToldCheck; inspector: ToldCheck; sandbox?: ToldCheck };
}

interface Parts {
  database: Pick<Database, 'ping'>;
  inspector: Pick<Inspector, 'inspect' | 'isolation'>;
  /** Of each loop that takes jobs. */
  pulses: readonly Pulse[];
  stopping(): boolean;
}

/** A statement of the database is given up before that, and a job of a scan says sooner that it goes on. */
const STUCK_MILLIS = 15 * 60_000;
/** Who asks more often gets the same answer. */
const KEPT_MILLIS = 5_000;

/** Whether a worker without a door lives, and whether it can do its work: the same questions as a server is asked. */
export class WorkerHealth {
  readonly #parts: Parts;
  #last: { at: number; probe: Promise<Record<'database' | 'inspector', HealthCheck>> } | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** False where it takes a restart: a loop stands still. */
  live(): boolean {
    return this.#parts.pulses.every(({ quietMillis }) => quietMillis < STUCK_MILLIS);
  }

  async ready(): Promise<WorkerReadiness> {
    const now = performance.now();
    if (this.#last === undefined || now - this.#last.at > KEPT_MILLIS) {
      this.#last = { at: now, probe: this.#probe() };
    }
    const probed = await this.#last.probe;
    const { isolation } = this.#parts.inspector;
    const checks = {
      loop: checkTold(this.#loop()),
      database: checkTold(probed.database),
      inspector: checkTold(probed.inspector),
      ...(isolation && { sandbox: checkTold(sandboxCheck(isolation)) }),
    };
    const isReady = Object.values(checks).every(({ status }) => status === 'ok');
    return { status: isReady ? 'ready' : 'not-ready', checks };
  }

  #loop(): HealthCheck {
    if (this.#parts.stopping()) return failed('health.loop.stopping');
    return this.live() ? ok('health.loop.on') : failed('health.loop.stuck');
  }

  async #probe() {
    const [database, inspector] = await Promise.all([askDatabase(this.#parts.database), this.#inspect()]);
    return { database, inspector };
  }

  /** A few bytes of ours, read as any file is. */
  async #inspect(): Promise<HealthCheck> {
    let folder: string;
    try {
      folder = ownFolder(tmpdir(), 'assay-health');
    } catch {
      return failed('health.temporary.readOnly');
    }
    try {
      const path = join(folder, 'probe');
      await writeFile(path, 'assay', { mode: 0o600 });
      return await askInspector(this.#parts.inspector, path);
    } catch {
      return failed('health.temporary.readOnly');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
