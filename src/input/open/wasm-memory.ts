/** Thrown where WebAssembly gets no memory, most often since the address space is limited: see `reasonOf`. */
class NoWasmMemory extends Error {
  readonly code = "no-wasm-memory";
}

/** Does something that takes memory for WebAssembly. */
export function takingMemory<Result>(take: () => Result): Result {
  try {
    return take();
  } catch (error) {
    throw explained(error);
  }
}

/** The same error; one about memory with a code. */
export function explained(error: unknown): unknown {
  return error instanceof RangeError ? new NoWasmMemory(error.message) : error;
}
