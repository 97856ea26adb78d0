import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

const { createInspector } = await import('../src/inspect/pool/create-inspector.ts');
const { createReportRejudger: createAgainJudge } = await import('../src/inspect/makers/recheck.ts');

const AS_OF = '2026-11-01';

/**
 * Rejudges signed mutants without their bytes against other lists (none), as a recheck does, and compares the result
 * with an inspection of the file under those lists.
 */
export class KeptLane {
  #judge;
  #inspector;
  #path;

  constructor(folder) {
    const trustDir = join(folder, 'no-lists');
    mkdirSync(trustDir);
    this.#path = join(folder, 'kept.json');
    this.#judge = createAgainJudge(trustDir);
    this.#inspector = createInspector({ jobs: 1, trustDir });
  }

  async wrongIn({ findings: _, tool, ...seen }, kept, request) {
    const { rulebooks: __, isolation: ___, ...asked } = tool;
    writeFileSync(this.#path, JSON.stringify({ report: { ...seen, tool: asked }, kept: JSON.parse(kept) }));
    const answer = await this.#judge.rejudge(this.#path, AS_OF);
    if ('cannotTell' in answer) return [];
    const anew = await this.#inspector.inspect(request);
    const [gone, there] = [answer.observed.report, anew].map(compared);
    // On a busy machine an engine may have reached its deadline in one of the two.
    if (!isDeepStrictEqual(gone.reads, there.reads) || isDeepStrictEqual(gone, there)) return [];
    const differ = Object.keys(there).filter((name) => !isDeepStrictEqual(gone[name], there[name]));
    return [{ kind: 'kept-report-differs', detail: differ.join(', ') }];
  }

  async close() {
    this.#judge.close();
    await this.#inspector.close();
    rmSync(this.#path, { force: true });
  }
}

/** The members that depend neither on the law nor on the machine. */
function compared({ findings: _, tool, ...seen }) {
  const { rulebooks: __, isolation: ___, ...asked } = tool;
  return JSON.parse(JSON.stringify({ ...seen, tool: asked }));
}
