import type { Report } from '../core/report/report.js';
import type { CrJsonMaker } from '../isolation/cr-json.js';
import type { InspectRequest } from '../isolation/inspector.js';
import type { KyselyInspections } from '../store/kysely-inspections.js';
import { crJsonDerivatives, mayHaveCrJson } from '../worker/cr-json.js';
import type { AfterAnswers } from './after-answers.js';

/**
 * crJSON of what is answered at the door, after the answer: the engine that writes it takes longer than the whole
 * inspection does.
 */
export class CrJsonMaking {
  readonly #maker: CrJsonMaker | undefined;
  readonly #inspections: KyselyInspections;
  readonly #after: AfterAnswers;

  /** Without a maker nothing is made. */
  constructor(maker: CrJsonMaker | undefined, inspections: KyselyInspections, after: AfterAnswers) {
    this.#maker = maker;
    this.#inspections = inspections;
    this.#after = after;
  }

  /** Where none is kept yet. `isNew`: nothing of it can be. */
  later(
    { tenant, id }: { tenant: string; id: string },
    file: InspectRequest,
    report: Report,
    { isNew = false }: { isNew?: boolean } = {},
  ): void {
    const maker = this.#maker;
    if (maker === undefined || !mayHaveCrJson(report)) return;
    this.#after.begin(id, async () => {
      if (!isNew && (await this.#inspections.getDerivative(tenant, id, 'crjson'))) return;
      await this.#inspections.putDerivatives(tenant, id, await crJsonDerivatives(file, maker));
    });
  }

  /** What is under way is given up. */
  async close(): Promise<void> {
    await this.#maker?.close();
  }
}
