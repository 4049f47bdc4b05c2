/** A configuration that changes nothing until somebody takes a `#` away. Without the `# ` before a setting it is valid. */
export const CONFIG_TEMPLATE = `# What mplp-check checks in this project, and how. The command line and MPLP_CHECK_ variables override this file.
# Paths are relative to this file. Check it by running: mplp-check

# What is checked if the command line names no path: files, folders, globs.
# paths: [logs/]

# What the evidence must demonstrate: runtime, integration.
# claim: [runtime]

# The mapping document, if it is not among the paths.
# mapping: docs/mapping.yaml

# Lowest level that fails the run: must, should, may, none.
# fail-on: must

# The log covers the whole run: whatever is still open at its end is a violation.
# complete: true

# Reports to write if the command line names none; "-" is standard output.
# output:
#   - {format: text, file: "-"}
#   - {format: html, file: mplp-report.html}

# Levels of rules that cite no MUST clause: off, note, may, should. See: mplp-check rules --level should
# rules:
#   recommended-families: note

# Findings that do not count for a while. One that has ended, or matches nothing, fails the run.
# waivers:
#   - rule: event-id-v4
#     path: logs/legacy/**
#     reason: the old collector makes ids of version 1 until it is replaced
#     owner: platform team
#     expires: 2099-12-31

# Known findings, which do not count. Write this file with: mplp-check --write-baseline known-findings.json
# baseline: known-findings.json
`;
