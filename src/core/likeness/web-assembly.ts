/** What is used of WebAssembly here. Node has it; the types of Node and of the language leave it to browsers. */
export interface Memory {
  readonly buffer: ArrayBuffer;
  /** Pages of 64 KB. Throws where the machine has none. */
  grow(pages: number): number;
}

interface Assembly {
  Memory: new (bounds: { initial: number; maximum: number }) => Memory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (
    module: object,
    imports: Record<string, Record<string, unknown>>,
  ) => { readonly exports: unknown };
}

export const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: Assembly }).WebAssembly;
