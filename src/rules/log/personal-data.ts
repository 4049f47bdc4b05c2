import { logRule } from "../shared/define.js";
import { firstIn } from "../shared/log/order.js";
import { type PersonalData, personalDataOf, personalRecords } from "../sources/personal-data.js";

const MESSAGES: Readonly<Record<PersonalData, string>> = {
  none: "",
  names: "the log holds names of persons",
  addresses: "the log holds e-mail addresses",
  both: "the log holds names and e-mail addresses of persons",
};

/** IS-7.1-3: personal data is noted once a log, at the first event that holds some. */
export const personalData = logRule({
  id: "personal-data",
  clauses: ["IS-7.1-3"],
  title: "Personal data in the log",
  why: "Names and addresses are personal data: laws then decide who may read the log and how long it may be kept.",
  fix: "Leave authors out, or replace their names with pseudonyms, unless somebody needs the names.",
  source: personalRecords,
  checks: (_key, [events]) => events?.count ?? 0,
  conclude: (kept, { emit }) => {
    const [names, addresses, both] = [kept.of("names"), kept.of("addresses"), kept.of("both")];
    const first = firstIn([...names, ...addresses, ...both]);
    if (first === undefined) return;
    const message =
      MESSAGES[personalDataOf(names.length + both.length > 0, addresses.length + both.length > 0)];
    emit({ at: first.at, message, pointer: first.value, level: "NOTE" });
  },
});
