/** One moment of a database, written into a folder. */
export interface Snapshot {
  /** The file's name in the folder. */
  file: string;
  inspections: number;
  /** Of that very moment: inspections that wait or run, and whose upload is needed still. */
  waiting: string[];
}

interface Row {
  id: string;
  request: string;
}

/** A file of the operator's own stays where it is. */
export function needsUpload({ request }: Row): boolean {
  const ask: unknown = JSON.parse(request);
  return !(typeof ask === 'object' && ask !== null && 'path' in ask);
}
