/**
 * Returns a table without a prototype, for keys from files and clients: `constructor`, `valueOf` and other inherited
 * names are not found.
 */
export const lookupTable = <T>(rows: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.freeze(Object.assign(Object.create(null) as Record<string, T>, rows));
