export const HOSTILE: Record<
  | 'html'
  | 'terminal'
  | 'bidi'
  | 'lines'
  | 'csv'
  | 'sql'
  | 'objects'
  | 'paths'
  | 'addresses'
  | 'numbers'
  | 'encodings'
  | 'entities'
  | 'slow',
  string[]
>;
export const HOSTILE_TEXTS: string[];
