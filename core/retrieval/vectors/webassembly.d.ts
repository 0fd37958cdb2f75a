// What we use of WebAssembly: TypeScript has it among the types of browsers, which core is compiled without.
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer
    /** Makes it larger by so many pages of 64 KB; buffers taken before are empty then. */
    grow(pages: number): number
  }
  class Module {
    constructor(bytes: Uint8Array)
  }
  class Instance {
    readonly exports: Record<string, unknown>
    constructor(module: Module)
  }
}
