export function languages(folder?: string): string[];
export function catalogue(language: string, folder?: string): Record<string, unknown>;
export function faults(folder?: string): string[];
export function partialLanguages(folder?: string): string[];
export function messagesModule(folder?: string): string;
export function writeMessages(folder?: string): void;
