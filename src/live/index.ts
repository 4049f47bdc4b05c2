export { RecordJudge } from "../run/record-judge.js";
export { Capture } from "./capture.js";
export { type ListenOptions, LiveServer } from "./server.js";
export { CaptureError } from "./stored.js";
