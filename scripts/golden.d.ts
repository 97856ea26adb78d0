type Golden = Record<string, Record<string, string[]>>;
export function goldenTable(): Promise<Golden>;
export function readGolden(): Golden;
