export const PICTURED: string;
export function pictureText(head: { headline?: string; facts: readonly { line: string }[] }): string;
