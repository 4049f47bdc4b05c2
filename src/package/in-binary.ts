import { getAsset } from "node:sea";
import { Worker } from "node:worker_threads";
import type * as OnDisk from "./package-file.js";

/** Takes the place of package-file.ts in a binary, which has no folder: its files are inside. */
export const { packageText, packageBytes, packageTexts, blockThread }: typeof OnDisk = {
  packageText: (path) => getAsset(path, "utf8"),
  packageBytes: (path) => new Uint8Array(getAsset(path)),
  packageTexts: (folder) => {
    const paths = JSON.parse(getAsset("files.json", "utf8")) as readonly string[];
    const names = paths
      .filter((path) => path.startsWith(`${folder}/`))
      .map((path) => path.slice(folder.length + 1));
    return names.sort().map((name) => ({ name, text: getAsset(`${folder}/${name}`, "utf8") }));
  },
  blockThread: (workerData) => new Worker(getAsset("worker.cjs", "utf8"), { eval: true, workerData }),
};
