/** Thrown if WebAssembly gets no memory, most often because the address space is limited: see `reasonOf`. */
class NoWasmMemory extends Error {
  readonly code = "no-wasm-memory";
}

/** Runs an operation that takes memory for WebAssembly. */
export function takingMemory<Result>(take: () => Result): Result {
  try {
    return take();
  } catch (error) {
    throw explained(error);
  }
}

/** Returns the same error, or for one about memory an error with a code. */
export function explained(error: unknown): unknown {
  return error instanceof RangeError ? new NoWasmMemory(error.message) : error;
}
