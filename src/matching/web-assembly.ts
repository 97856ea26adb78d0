/**
 * Types of the part of WebAssembly that is used. Node provides it, but the types of Node and of the language leave it
 * to the DOM library.
 */
export interface Memory {
  readonly buffer: ArrayBuffer;
  /** Adds pages of 64 KB. Throws if the memory is not available. */
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
