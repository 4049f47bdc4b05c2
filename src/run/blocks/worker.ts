import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { buffersOf } from "../../engine/keep/batch.js";
import { loadProtocol } from "../protocol/load-protocol.js";
import { blockReaderFor } from "./block-reader.js";
import type { Answer, Task, WorkerSettings } from "./pool.js";
import { completed } from "./unhurried.js";

/** One thread of a pool: it checks blocks and returns their results in order. */
async function serve(port: MessagePort, { protocol, reader }: WorkerSettings): Promise<void> {
  const read = blockReaderFor((await loadProtocol(protocol)).protocol, reader);
  port.on("message", ({ block, kind, input }: Task) => {
    const result = completed(read(block, kind, input));
    const answer: Answer = { result, spent: block.bytes.buffer as ArrayBuffer };
    port.postMessage(answer, [...result.batches.flatMap(buffersOf), answer.spent]);
  });
  port.postMessage("ready");
}

if (parentPort === null) throw new Error("this is the part of a pool that runs in a thread of its own");
// A binary cannot await at the top; whatever fails here ends the thread.
void serve(parentPort, workerData as WorkerSettings);
