import { IS_LONG } from "./runs.js";

/** What only `npm run test:all` runs, with the reason, and with what `npm test` does instead. */
const LONG = {
  "the action with packages from the registry":
    "installs all packages and builds (45 s); npm test puts packages and a build in their place",
  "an attack that there is none of":
    "starts TypeScript once more (3 s) for a wrong name; npm test makes a right one",
} as const;

/** Whether to run what is named here. */
export const isRun = (_name: keyof typeof LONG): boolean => IS_LONG;
