/** A configuration that changes nothing until somebody takes a `#` away. Without the `# ` before a setting it is valid. */
export const CONFIG_TEMPLATE = `# What mplp-check checks in this project, and how. What the command line or an MPLP_CHECK_ variable says goes first.
# Paths are relative to this file. Check it by running: mplp-check

# What is checked where the command line names nothing: files, folders, globs.
# paths: [logs/]

# What the evidence must demonstrate: runtime, integration.
# claim: [runtime]

# The mapping document, where it is not among the paths.
# mapping: docs/mapping.yaml

# Lowest level that fails the run: must, should, may, none.
# fail-on: must

# The log covers the whole run: what is still open at its end is a violation.
# complete: true

# Reports to write where the command line names none; "-" is standard output.
# output:
#   - {format: text, file: "-"}
#   - {format: html, file: mplp-report.html}

# Levels of rules that speak of no MUST clause: off, note, may, should. See: mplp-check rules --level should
# rules:
#   recommended-families: note

# Findings that do not count for a while. One that has ended, or matches nothing, fails the run.
# waivers:
#   - rule: event-id-v4
#     path: logs/legacy/**
#     reason: the old collector makes ids of version 1 until it is replaced
#     owner: platform team
#     expires: 2099-12-31

# Findings that were there before do not count. Write the file with: mplp-check --write-baseline known-findings.json
# baseline: known-findings.json
`;
