// Attacks the checker until something gives way, or the runs are over. The same seed makes the same attacks.
//
//   node test/attack/run.mjs NAME [--seed N] [--runs N] [--seconds N]
//   npm run attack -- NAME ...                                          builds first
//
// NAME is one of the attacks beside this file (histories, readings, faults, tokens, injections), or "all".
// Prints runs and failures, and for each failure the seed that makes it again with --runs 1. Ends with 1 if there was
// one. test/attack.test.ts makes a few runs of each.
import { parseArgs } from "node:util";
import { readTypeScript } from "./typescript.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    runs: { type: "string", default: "100" },
    seconds: { type: "string", default: "Infinity" },
  },
});

readTypeScript();
const { ATTACKS, attacked } = await import("./index.ts");

const [name = ""] = positionals;
const wanted = name === "all" ? Object.keys(ATTACKS) : [name];
for (const each of wanted) {
  const attack = ATTACKS[each];
  if (attack === undefined) {
    console.error(`there is no attack "${each}": ${Object.keys(ATTACKS).join(", ")}, all`);
    process.exitCode = 2;
    break;
  }
  const limits = { seed: Number(values.seed), runs: Number(values.runs), seconds: Number(values.seconds) };
  const { runs, tried, failures, seconds } = await attacked(attack, limits);
  for (const { seed, message } of failures) console.log(`seed ${seed}: ${message}\n`);
  console.log(
    `${each}: ${runs} runs, ${tried} ${attack.of}, ${failures.length} failures, ${seconds.toFixed(1)} s`,
  );
  if (failures.length > 0) process.exitCode = 1;
}
