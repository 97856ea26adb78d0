import type { Kysely } from 'kysely';
import type { Database } from '../engine/database.js';
import type { Tables } from '../schema/tables.js';

/** Digests of law bundles; `undefined` stands for the law that came with the program. */
export interface LawInForce {
  digest: string | undefined;
  /** Previous digests, most recent first. */
  before: readonly (string | undefined)[];
  at: string;
}

/** Key of the only row. */
const ROW_ID = 1;

/**
 * Stores the law shared by machines with a common database. Bundles are signed, so the database itself need not be
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

  async setCurrent(current: LawInForce, bundle: Buffer | undefined): Promise<void> {
    await this.#database.query.transaction().execute(async (inside) => {
      await storeBundle(inside, current, bundle);
      const row = toRow(current);
      await inside
        .insertInto('law_in_force')
        .values({ one: ROW_ID, ...row })
        .onConflict((conflict) => conflict.column('one').doUpdateSet(row))
        .execute();
      const kept = [current.digest, ...current.before].flatMap((one) => one ?? []);
      await inside
        .deleteFrom('law_bundles')
        .$if(kept.length > 0, (query) => query.where('digest', 'not in', kept))
        .execute();
    });
  }

  /** Sets the law unless one is set already. */
  async setFirst(current: LawInForce, bundle: Buffer | undefined): Promise<void> {
    await this.#database.query.transaction().execute(async (inside) => {
      await storeBundle(inside, current, bundle);
      await inside
        .insertInto('law_in_force')
        .values({ one: ROW_ID, ...toRow(current) })
        .onConflict((conflict) => conflict.column('one').doNothing())
        .execute();
    });
  }
}

async function storeBundle(
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

const toRow = ({ digest, before, at }: LawInForce) => ({
  digest: digest ?? null,
  before: JSON.stringify(before.map((one) => one ?? null)),
  at,
});
