/** Snapshot of a database, written into a folder. */
export interface DatabaseSnapshot {
  /** Name of the file in the folder. */
  file: string;
  inspections: number;
  /** Names of the migrations that made its tables. */
  migrations: string[];
  /** Ids of inspections that were queued or running at the time of the snapshot and still need their upload. */
  waiting: string[];
}

interface WaitingRow {
  id: string;
  request: string;
}

/** Returns false for a file in the operator's own folders, which stays where it is. */
export function needsUpload({ request }: WaitingRow): boolean {
  const ask: unknown = JSON.parse(request);
  return !(typeof ask === 'object' && ask !== null && 'path' in ask);
}
