export type LargeContainer = 'mov' | 'wav' | 'png';
export function largeSigned(container: LargeContainer): Promise<Buffer>;
