export interface ListedLaw {
  id: string;
  edition: string;
  digest: string;
}
export const LAWS: string;
export function lawIndex(
  folder: string,
  digestOf: (files: ReadonlyMap<string, unknown>, fragments: ReadonlyMap<string, unknown>) => string,
  before?: readonly ListedLaw[],
): string;
export function checkLawIndex(root: string): Promise<void>;
