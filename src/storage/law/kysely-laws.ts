import type { Kysely } from 'kysely';
import type { Database } from '../engine/database.js';
import type { Tables } from '../schema/tables.js';

/** Names of laws, made of the digests of their archives; `undefined` stands for the law that came with the program. */
export interface LawInForce {
  digest: string | undefined;
  /** Previous names, most recent first. */
  before: readonly (string | undefined)[];
  at: string;
}

/** Key of the only row. */
const ROW_ID = 1;

/**
 * Stores the law shared by machines with a common database. The archives are signed, so the database itself need not be
 * trusted.
 */
export class LawRepository {
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

  async setCurrent(
    current: LawInForce,
    archives: ReadonlyMap<string, Buffer>,
    kept: readonly string[],
  ): Promise<void> {
    await this.#database.query.transaction().execute(async (inside) => {
      await storeArchives(inside, archives);
      const row = toRow(current);
      await inside
        .insertInto('law_in_force')
        .values({ one: ROW_ID, ...row })
        .onConflict((conflict) => conflict.column('one').doUpdateSet(row))
        .execute();
      await inside
        .deleteFrom('law_bundles')
        .$if(kept.length > 0, (query) => query.where('digest', 'not in', kept))
        .execute();
    });
  }

  /** Sets the law unless one is set already. */
  async setFirst(current: LawInForce, archives: ReadonlyMap<string, Buffer>): Promise<void> {
    await this.#database.query.transaction().execute(async (inside) => {
      await storeArchives(inside, archives);
      await inside
        .insertInto('law_in_force')
        .values({ one: ROW_ID, ...toRow(current) })
        .onConflict((conflict) => conflict.column('one').doNothing())
        .execute();
    });
  }
}

async function storeArchives(inside: Kysely<Tables>, archives: ReadonlyMap<string, Buffer>): Promise<void> {
  for (const [digest, bundle] of archives)
    await inside
      .insertInto('law_bundles')
      .values({ digest, bundle })
      .onConflict((conflict) => conflict.column('digest').doUpdateSet({ bundle }))
      .execute();
}

const toRow = ({ digest, before, at }: LawInForce) => ({
  digest: digest ?? null,
  before: JSON.stringify(before.map((one) => one ?? null)),
  at,
});
