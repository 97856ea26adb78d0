import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOwnFolder } from '../base/files/temp-dir.js';
import type { Heartbeat } from '../base/lease/pulse.js';
import type { Inspector } from '../inspect/pool/inspector.js';
import { checkSandbox } from '../inspect/sandbox/sandbox-check.js';
import {
  type HealthCheck,
  type HealthCheckView,
  healthy,
  localizeCheck,
  probeDatabase,
  probeInspector,
  unhealthy,
} from '../service/ops/health-probes.js';
import type { Database } from '../storage/engine/database.js';

export interface WorkerReadiness {
  status: 'ready' | 'not-ready';
  checks: {
    loop: HealthCheckView;
    database: HealthCheckView;
    inspector: HealthCheckView;
    sandbox?: HealthCheckView;
  };
}

interface Parts {
  database: Pick<Database, 'ping'>;
  inspector: Pick<Inspector, 'inspect' | 'isolation'>;
  /** Pulses of all loops that take jobs. */
  pulses: readonly Heartbeat[];
  stopping(): boolean;
}

/**
 * Silence after which a loop counts as stuck. Database statements time out sooner, and scan jobs report progress more
 * often.
 */
const STUCK_MILLIS = 15 * 60_000;
/** Time for which a check result is reused. */
const CACHE_MILLIS = 5_000;

/** Reports whether a worker without an HTTP server is alive and can work, with the checks of a server. */
export class WorkerHealth {
  readonly #parts: Parts;
  #last: { at: number; probe: Promise<Record<'database' | 'inspector', HealthCheck>> } | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Returns false if a loop is stuck and a restart is needed. */
  live(): boolean {
    return this.#parts.pulses.every(({ silentMillis: quietMillis }) => quietMillis < STUCK_MILLIS);
  }

  async ready(): Promise<WorkerReadiness> {
    const now = performance.now();
    if (this.#last === undefined || now - this.#last.at > CACHE_MILLIS) {
      this.#last = { at: now, probe: this.#probe() };
    }
    const probed = await this.#last.probe;
    const { isolation } = this.#parts.inspector;
    const checks = {
      loop: localizeCheck(this.#loop()),
      database: localizeCheck(probed.database),
      inspector: localizeCheck(probed.inspector),
      ...(isolation && { sandbox: localizeCheck(checkSandbox(isolation)) }),
    };
    const isReady = Object.values(checks).every(({ status }) => status === 'ok');
    return { status: isReady ? 'ready' : 'not-ready', checks };
  }

  #loop(): HealthCheck {
    if (this.#parts.stopping()) return unhealthy('health.loop.stopping');
    return this.live() ? healthy('health.loop.on') : unhealthy('health.loop.stuck');
  }

  async #probe() {
    const [database, inspector] = await Promise.all([probeDatabase(this.#parts.database), this.#inspect()]);
    return { database, inspector };
  }

  /** Inspects a small file made for the check. */
  async #inspect(): Promise<HealthCheck> {
    let folder: string;
    try {
      folder = createOwnFolder(tmpdir(), 'assay-health');
    } catch {
      return unhealthy('health.temporary.readOnly');
    }
    try {
      const path = join(folder, 'probe');
      await writeFile(path, 'assay', { mode: 0o600 });
      return await probeInspector(this.#parts.inspector, path);
    } catch {
      return unhealthy('health.temporary.readOnly');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
