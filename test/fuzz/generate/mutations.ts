import type { Random } from "../../support/random.js";
import { isObject } from "../judge/json.js";
import { anyValue, nearValue } from "./values.js";

type Event = Readonly<Record<string, unknown>>;

/** Most are small; checkers read 512 levels. */
const DEPTHS = [...Array.from({ length: 7 }, () => 8), 450];

/** Other members in place of those of an object. */
type Change = (members: Event, name: string, random: Random) => Event;

const TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Put together here, so that nobody takes this file for a leak. */
const tokenOf = (random: Random): string =>
  `${["gh", "p_"].join("")}${Array.from({ length: 36 }, () => random.pick([...TOKEN])).join("")}`;

function nested(depth: number, random: Random): unknown {
  let value = anyValue(random);
  for (let level = 0; level < depth; level++) value = random.below(2) === 0 ? [value] : { a: value };
  return value;
}

function without(members: Event, name: string): Event {
  const { [name]: _, ...others } = members;
  return others;
}

const CHANGES: readonly Change[] = [
  (members, name, random) => ({ ...members, [name]: nearValue(members[name], random) }),
  (members, name, random) => ({ ...members, [name]: nearValue(members[name], random) }),
  (members, name, random) => ({ ...members, [name]: anyValue(random) }),
  without,
  (members, name, random) => ({ ...members, [`${name}_x`]: anyValue(random) }),
  (members, name, random) => {
    const others = [name.toUpperCase(), ` ${name}`, `${name}\u0000`, "__proto__x", "constructor", ""];
    const kept = random.below(2) === 0 ? members : without(members, name);
    return { ...kept, [random.pick(others)]: members[name] };
  },
  (members, name, random) => ({ ...members, [name]: [members[name]].slice(random.below(2)) }),
  (members, _, random) => ({ ...members, note: nested(1 + random.below(random.pick(DEPTHS)), random) }),
  (members, _, random) => ({ ...members, note: `see ${tokenOf(random)}` }),
];

/** An event of which one to three members, or members of its payload, are others. */
export function mutated(event: Event, random: Random): Event {
  let changed = event;
  for (let change = 1 + random.below(random.below(3) + 1); change > 0; change--) {
    const { payload } = changed;
    changed =
      isObject(payload) && random.below(3) === 0
        ? { ...changed, payload: changedOnce(payload, random) }
        : changedOnce(changed, random);
  }
  return changed;
}

function changedOnce(members: Event, random: Random): Event {
  const name = random.pick(Object.keys(members));
  return name === undefined ? members : random.pick(CHANGES)(members, name, random);
}
