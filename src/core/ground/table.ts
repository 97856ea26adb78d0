/**
 * Rows under keys that files and clients write: `constructor`, `valueOf` and the other names that every
 * object answers to find nothing.
 */
export const table = <T>(rows: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.freeze(Object.assign(Object.create(null) as Record<string, T>, rows));
