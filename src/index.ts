export { check, DEFAULT_MAX_FINDINGS, type CheckOptions, type Progress } from "./check.js";
