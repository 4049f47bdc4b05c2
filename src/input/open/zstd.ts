import { setImmediate as turn } from "node:timers/promises";
import { ZSTDDecoder } from "zstddec/stream";
import { explained, takingMemory } from "./wasm-memory.js";

/** The decoder's input buffer, and its largest output at once: a zstd block, 128 KiB. */
const BUFFER = 1 << 17;
/** The smallest length of a frame header. */
const HEADER = 5;
/** Results above this are errors: zstd counts their numbers down from 2^32. */
const LARGEST_SIZE = 2 ** 32 - 1 - 120;
/** Offsets of the three numbers in a ZSTD_inBuffer or ZSTD_outBuffer, and its length. */
const [ADDRESS, SIZE, POSITION, LENGTH] = [0, 4, 8, 12];

/** The zstd functions that the package's module exports. Addresses and sizes are unsigned 32-bit numbers. */
interface Zstd {
  readonly memory: { readonly buffer: ArrayBuffer };
  malloc(size: number): number;
  ZSTD_createDCtx(): number;
  ZSTD_decompressStream(context: number, output: number, input: number): number;
}

/** Numbers of `ZSTD_ErrorCode` with a more precise meaning than broken data. */
const CODES: Readonly<Record<number, string>> = {
  16: "ZSTD_error_frameParameter_windowTooLarge",
  32: "ZSTD_error_dictionary_wrong",
  64: "ZSTD_error_memory_allocation",
};

/** Thrown if zstd data cannot be read; `code` comes from zstd or, as with gzip, from zlib. */
class ZstdError extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/**
 * Decompresses consecutive zstd frames, skippable ones included. The largest window is 128 MiB, the decoder's limit.
 *
 * @throws ZstdError if the data is broken or truncated, or a frame needs a larger window or a dictionary
 */
export async function* unzstd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new Decoder(await instantiated());
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += BUFFER) {
      for (const part of decoder.decode(chunk.subarray(from, from + BUFFER))) {
        yield part;
        // A few bytes may expand to gigabytes; let signals through in between.
        await turn();
      }
    }
  }
  if (!decoder.isBetweenFrames) throw new ZstdError("Z_BUF_ERROR");
}

class Decoder {
  readonly #zstd: Zstd;
  readonly #context: number;
  readonly #source: number;
  readonly #target: number;
  readonly #input: number;
  readonly #output: number;
  /** True if every frame begun is complete. */
  isBetweenFrames = true;
  #wanted = HEADER;

  constructor(zstd: Zstd) {
    this.#zstd = zstd;
    this.#context = zstd.ZSTD_createDCtx();
    this.#source = zstd.malloc(BUFFER);
    this.#target = zstd.malloc(BUFFER);
    this.#input = zstd.malloc(LENGTH);
    this.#output = zstd.malloc(LENGTH);
  }

  /**
   * Decompresses the next bytes, at most `BUFFER`, in the steps that zstd asks for: a block or a checksum.
   * So an error loses only the output of its own step.
   */
  *decode(bytes: Uint8Array): Generator<Uint8Array> {
    this.#bytesAt(this.#source, bytes.length).set(bytes);
    for (let read = 0, isFlushed = true; read < bytes.length || !isFlushed; ) {
      const step = Math.min(read + this.#wanted, bytes.length);
      this.#describe(this.#input, this.#source, step, read);
      this.#describe(this.#output, this.#target, BUFFER, 0);
      const result = this.#zstd.ZSTD_decompressStream(this.#context, this.#output, this.#input) >>> 0;
      if (result > LARGEST_SIZE) throw new ZstdError(CODES[2 ** 32 - result] ?? "Z_DATA_ERROR");
      this.isBetweenFrames = result === 0;
      this.#wanted = result === 0 ? HEADER : result;
      read = this.#positionOf(this.#input);
      const written = this.#positionOf(this.#output);
      isFlushed = written < BUFFER || this.isBetweenFrames;
      if (written > 0) yield this.#bytesAt(this.#target, written).slice();
    }
  }

  #describe(buffer: number, address: number, size: number, position: number): void {
    const view = this.#view();
    view.setUint32(buffer + ADDRESS, address, true);
    view.setUint32(buffer + SIZE, size, true);
    view.setUint32(buffer + POSITION, position, true);
  }

  #positionOf(buffer: number): number {
    return this.#view().getUint32(buffer + POSITION, true);
  }

  /** A new view each time, because growing memory detaches the old buffer. */
  #view(): DataView {
    return new DataView(this.#zstd.memory.buffer);
  }

  #bytesAt(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#zstd.memory.buffer, address, length);
  }
}

declare const WebAssembly: {
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

/** Where all copies of this file in a process find the module: the package compiles it only once. */
const COMPILED = Symbol.for("mplp-check: zstd");
const shared = globalThis as { [COMPILED]?: Promise<object> };

/** One instance for each input: its memory goes with the input, and broken data harms only this input. */
async function instantiated(): Promise<Zstd> {
  shared[COMPILED] ??= compiled();
  const imports = { env: { emscripten_notify_memory_growth: () => undefined } };
  const module = await shared[COMPILED];
  return takingMemory(() => new WebAssembly.Instance(module, imports).exports as Zstd);
}

/**
 * The WebAssembly module in the package. We avoid the package's own decoder for two reasons: it cannot take input
 * over time, and on broken data it loops for ever without an error.
 *
 * @throws Error if another user of the package has made its decoder ready before: then nobody can get the module
 */
async function compiled(): Promise<object> {
  let module: object | undefined;
  class Loader extends ZSTDDecoder {
    override _init(source: Parameters<ZSTDDecoder["_init"]>[0]): void {
      module = (source as { readonly module: object }).module;
      super._init(source);
    }
  }
  await new Loader().init().catch((error: unknown) => {
    throw explained(error);
  });
  if (module === undefined)
    throw new Error(
      "this program uses zstddec itself: let mplp-check read a zstd file first, or decompress it",
    );
  return module;
}
