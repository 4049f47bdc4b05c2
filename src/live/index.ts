export { RecordJudge } from "../run/record-judge.js";
export { Capture, CaptureError } from "./capture.js";
export { type ListenOptions, LiveServer } from "./server.js";
