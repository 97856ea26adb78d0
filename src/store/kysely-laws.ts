import type { Kysely } from 'kysely';
import type { Database } from './database.js';
import type { Tables } from './tables.js';

/** Digests of bundles; undefined stands for the law that came with the program. */
export interface LawInForce {
  digest: string | undefined;
  /** Those before, the last one first. */
  before: readonly (string | undefined)[];
  at: string;
}

/** The one row there is. */
const ONE = 1;

/** What machines that share a database have as law. Nothing of it is believed for standing here: bundles are signed. */
export class KyselyLaws {
  readonly #database: Pick<Database, 'query'>;

  constructor(database: Pick<Database, 'query'>) {
    this.#database = database;
  }

  async current(): Promise<LawInForce | undefined> {
    const row = await this.#database.query.selectFrom('law_in_force').selectAll().executeTakeFirst();
    if (row === undefined) return undefined;
    const before: (string | null)[] = JSON.parse(row.before);
    return { digest: row.digest ?? undefined, before: before.map((one) => one ?? undefined), at: row.at };
  }

  async bundle(digest: string): Promise<Buffer | undefined> {
    const row = await this.#database.query
      .selectFrom('law_bundles')
      .select('bundle')
      .where('digest', '=', digest)
      .executeTakeFirst();
    return row && Buffer.from(row.bundle);
  }

  async setCurrent(current: LawInForce, bundle: Buffer | undefined): Promise<void> {
    await this.#database.query.transaction().execute(async (inside) => {
      await keepBundle(inside, current, bundle);
      const row = rowOf(current);
      await inside
        .insertInto('law_in_force')
        .values({ one: ONE, ...row })
        .onConflict((conflict) => conflict.column('one').doUpdateSet(row))
        .execute();
      const kept = [current.digest, ...current.before].flatMap((one) => one ?? []);
      await inside
        .deleteFrom('law_bundles')
        .$if(kept.length > 0, (query) => query.where('digest', 'not in', kept))
        .execute();
    });
  }

  /** Unless there is one by now. */
  async setFirst(current: LawInForce, bundle: Buffer | undefined): Promise<void> {
    await this.#database.query.transaction().execute(async (inside) => {
      await keepBundle(inside, current, bundle);
      await inside
        .insertInto('law_in_force')
        .values({ one: ONE, ...rowOf(current) })
        .onConflict((conflict) => conflict.column('one').doNothing())
        .execute();
    });
  }
}

async function keepBundle(
  inside: Kysely<Tables>,
  { digest }: LawInForce,
  bundle: Buffer | undefined,
): Promise<void> {
  if (digest === undefined || bundle === undefined) return;
  await inside
    .insertInto('law_bundles')
    .values({ digest, bundle })
    .onConflict((conflict) => conflict.column('digest').doUpdateSet({ bundle }))
    .execute();
}

const rowOf = ({ digest, before, at }: LawInForce) => ({
  digest: digest ?? null,
  before: JSON.stringify(before.map((one) => one ?? null)),
  at,
});
