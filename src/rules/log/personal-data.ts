import type { Examined } from "../../model/rule.js";
import { stringsIn } from "../../model/strings-in.js";
import { holdsEmailAddress, isPersonName, mayHoldEmailAddress } from "../../privacy/personal-data.js";
import type { MplpLogRule } from "../shared/define.js";
import { firstIn } from "../shared/log/order.js";

/** Where in an event personal data stands, by what it is. */
const NONE = "none";
const NAMES = "names";
const ADDRESSES = "addresses";
const BOTH = "both";

const MESSAGES = {
  [NONE]: "",
  [NAMES]: "the log holds names of persons",
  [ADDRESSES]: "the log holds e-mail addresses",
  [BOTH]: "the log holds names and e-mail addresses of persons",
} as const;

/** What most events show. */
const CLEAN = { key: NONE, value: "" };

/** IS-7.1-3: personal data is noted once a log, at the first event that holds some. */
export const personalData: MplpLogRule<string> = {
  evidence: "log",
  id: "personal-data",
  clauses: ["IS-7.1-3"],
  title: "Personal data in the log",
  why: "Names and addresses make a log personal data: who may read it, and for how long it is kept, is then law.",
  fix: "Leave authors out, or put a pseudonym in their place, where nobody needs to know who it was.",
  scopes: ["any", "learning-sample", "snapshot", "mapping", "unrecognised"],
  store: "map",
  order: "log",
  atLeast: 1,
  observe: (examined) => {
    const name = nameIn(examined);
    const address = addressIn(examined);
    const pointer = name ?? address;
    return pointer === undefined
      ? CLEAN
      : { key: keyOf(name !== undefined, address !== undefined), value: pointer };
  },
  keeps: "first",
  checks: (_key, [events]) => events?.count ?? 0,
  conclude: (kept, { emit }) => {
    const [names, addresses, both] = [kept.of(NAMES), kept.of(ADDRESSES), kept.of(BOTH)];
    const first = firstIn([...names, ...addresses, ...both]);
    if (first === undefined) return;
    const message = MESSAGES[keyOf(names.length + both.length > 0, addresses.length + both.length > 0)];
    emit({ at: first.at, message, pointer: first.value, level: "NOTE" });
  },
};

function keyOf(hasNames: boolean, hasAddresses: boolean): keyof typeof MESSAGES {
  if (hasNames) return hasAddresses ? BOTH : NAMES;
  return hasAddresses ? ADDRESSES : NONE;
}

/** Where the event names the author of a change, unless it is a bot. */
function nameIn({ integration }: Examined): string | undefined {
  const name = integration?.value.author_name;
  return typeof name === "string" && isPersonName(name)
    ? `${integration?.base ?? ""}/author_name`
    : undefined;
}

function addressIn({ record }: Examined): string | undefined {
  if (record.signs === 0 || !mayHoldEmailAddress(record.text, record.signs)) return undefined;
  for (const { pointer, text } of stringsIn(record.value)) if (holdsEmailAddress(text)) return pointer;
  return undefined;
}
