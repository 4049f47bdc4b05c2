/** The emitters that the Integration Spec prints, with the address of a test's server in place of port 8080. */

/** IS 8.2: .git/hooks/post-commit */
export function gitHook(url: string): string {
  return `#!/bin/bash
# .git/hooks/post-commit
COMMIT_ID=$(git rev-parse HEAD)
REF_NAME=$(git symbolic-ref HEAD)
AUTHOR_NAME=$(git log -1 --format='%an')
# Create git_event JSON
EVENT=$(cat <<EOF
{
"repo_url": "$(git config --get remote.origin.url)",
"commit_id": "$COMMIT_ID",
"ref_name": "$REF_NAME",
"event_kind": "commit",
"author_name": "$AUTHOR_NAME",
"timestamp": "$(date -u +%Y-%m-%dT%H:%M:%S.000Z)"
}
EOF
)
# Send to MPLP runtime
curl -X POST ${url}/integration/git \\
-H "Content-Type: application/json" \\
-d "$EVENT"
`;
}

/** IS 8.3: the step of a workflow, after GitHub has put in what stands between braces. */
export const CI_STEP = `
curl -X POST $MPLP_RUNTIME_URL/integration/ci \\
-H "Content-Type: application/json" \\
-d '{
"ci_provider": "github-actions",
"pipeline_id": "\${{ github.workflow }}",
"run_id": "\${{ github.run_id }}",
"status": "\${{ job.status }}",
"branch_name": "\${{ github.ref_name }}",
"commit_id": "\${{ github.sha }}"
}'
`;

/** IS 8.1 with Node.js in place of the editor: tells of every change of a folder, in the envelope as it is printed. */
export const FILE_WATCHER = `
import { watch } from "node:fs";
const [folder, url] = process.argv.slice(1);
watch(folder, async (_, filename) => {
  const event = {
    file_path: filename,
    change_type: "modified",
    workspace_root: folder,
    timestamp: new Date().toISOString()
  };
  const answer = await fetch(url + "/integration/file", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      event_family: "ExternalIntegrationEvent",
      event_type: "file_update",
      payload: event
    })
  });
  console.log(await answer.text());
});
console.log("watching");
`;
