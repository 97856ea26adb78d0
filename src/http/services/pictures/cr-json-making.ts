import type { StoredReport } from '../../../core/report/report.js';
import type { CrJsonMaker } from '../../../inspect/makers/cr-json.js';
import type { InspectRequest } from '../../../inspect/pool/inspector.js';
import { canHaveCrJson, makeCrJsonDerivatives } from '../../../service/inspections/cr-json.js';
import type { InspectionRepository } from '../../../storage/inspections/kysely-inspections.js';
import type { AfterResponseTasks } from '../after-responses.js';

/**
 * Makes the crJSON of an inspection after its answer was sent: the engine that writes it takes longer than the whole
 * inspection.
 */
export class CrJsonScheduler {
  readonly #maker: CrJsonMaker | undefined;
  readonly #inspections: InspectionRepository;
  readonly #tasks: AfterResponseTasks;

  /** Makes nothing if there is no maker. */
  constructor(maker: CrJsonMaker | undefined, inspections: InspectionRepository, after: AfterResponseTasks) {
    this.#maker = maker;
    this.#inspections = inspections;
    this.#tasks = after;
  }

  /** Makes the crJSON if none is stored yet. `isNew` skips that check. */
  schedule(
    { tenant, id }: { tenant: string; id: string },
    file: InspectRequest,
    report: StoredReport,
    { isNew = false }: { isNew?: boolean } = {},
  ): void {
    const maker = this.#maker;
    if (maker === undefined || !canHaveCrJson(report)) return;
    this.#tasks.begin(id, async () => {
      if (!isNew && (await this.#inspections.getDerivative(tenant, id, 'crjson'))) return;
      await this.#inspections.putDerivatives(tenant, id, await makeCrJsonDerivatives(file, maker));
    });
  }

  /** Aborts what is under way. */
  async close(): Promise<void> {
    await this.#maker?.close();
  }
}
