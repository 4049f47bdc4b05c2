// Parses every line of a log with simdjson, and checks the members of single events: presence, types, words, ids and
// the form of times. Looks at no two events together. Ends with 1 if anything is wrong.
//
//   simdjson events.ndjson
#include <cctype>
#include <cstdio>
#include <string_view>
#include <unordered_set>
#include "simdjson.h"

using simdjson::dom::element;
using simdjson::dom::object;
using Words = std::unordered_set<std::string_view>;

static const Words FAMILIES{"import_process", "intent",          "delta_intent",    "impact_analysis",
                            "compensation_plan", "methodology",  "reasoning_graph", "pipeline_stage",
                            "graph_update",   "runtime_execution", "cost_budget",   "external_integration"};
static const Words UPDATES{"node_add", "node_update", "node_delete", "edge_add",
                           "edge_update", "edge_delete", "bulk"};
static const Words STAGES{"pending", "running", "completed", "failed", "skipped"};
static const Words EXECUTORS{"agent", "tool", "llm", "worker", "external"};
static const Words STATUSES{"pending", "running", "completed", "failed", "cancelled"};
static const Words RUNS{"pending", "running", "succeeded", "failed", "cancelled"};

/** True if each character of a text is of the class that the form has there: x a hex digit, 0 a digit, v one of 89ab. */
static bool fits(std::string_view text, std::string_view form) {
  if (text.size() < form.size()) return false;
  for (size_t at = 0; at < form.size(); at++) {
    const unsigned char is = text[at];
    const char want = form[at];
    if (want == 'x' ? !std::isxdigit(is)
        : want == '0' ? !std::isdigit(is)
        : want == 'v' ? std::string_view("89abAB").find(is) == std::string_view::npos
                      : is != static_cast<unsigned char>(want))
      return false;
  }
  return true;
}

static bool isUuid(std::string_view text) {
  return text.size() == 36 && fits(text, "xxxxxxxx-xxxx-4xxx-vxxx-xxxxxxxxxxxx");
}

static bool isTime(std::string_view text) {
  if (!fits(text, "0000-00-00T00:00:00")) return false;
  std::string_view rest = text.substr(19);
  if (!rest.empty() && rest[0] == '.') {
    size_t end = 1;
    while (end < rest.size() && std::isdigit(static_cast<unsigned char>(rest[end]))) end++;
    if (end == 1) return false;
    rest = rest.substr(end);
  }
  return rest == "Z" || (rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && fits(rest.substr(1), "00:00"));
}

static bool isFilled(std::string_view text) { return text.find_first_not_of(' ') != std::string_view::npos; }

template <typename Test>
static bool text(object event, const char *name, Test test) {
  std::string_view value;
  return event[name].get(value) == simdjson::SUCCESS && test(value);
}

static bool word(object event, const char *name, const Words &words) {
  return text(event, name, [&](std::string_view value) { return words.count(value) > 0; });
}

static bool integer(object event, const char *name) { return event[name].is_int64(); }

static bool isSoundPayload(object event) {
  element payload;
  if (event["payload"].get(payload) == simdjson::NO_SUCH_FIELD) return true;
  object members;
  if (payload.get(members) != simdjson::SUCCESS) return false;
  if (members["status"].error() == simdjson::NO_SUCH_FIELD) return true;
  return !word(event, "event_family", {"external_integration"}) || word(members, "status", RUNS);
}

static bool isSound(object event) {
  if (!text(event, "event_id", isUuid) || !text(event, "event_type", isFilled) || !text(event, "timestamp", isTime))
    return false;
  std::string_view family;
  if (event["event_family"].get(family) != simdjson::SUCCESS)
    return text(event, "sa_id", isUuid) || text(event, "session_id", isUuid);
  if (FAMILIES.count(family) == 0 || !isSoundPayload(event)) return false;
  if (event["project_id"].error() == simdjson::SUCCESS && !text(event, "project_id", isUuid)) return false;
  if (family == "graph_update")
    return text(event, "graph_id", isUuid) && word(event, "update_kind", UPDATES) && integer(event, "node_delta") &&
           integer(event, "edge_delta");
  if (family == "pipeline_stage")
    return text(event, "pipeline_id", isUuid) && text(event, "stage_id", isFilled) &&
           word(event, "stage_status", STAGES);
  if (family == "runtime_execution")
    return text(event, "execution_id", isUuid) && word(event, "executor_kind", EXECUTORS) &&
           word(event, "status", STATUSES);
  return true;
}

int main(int, char **arguments) {
  simdjson::dom::parser parser;
  simdjson::dom::document_stream lines;
  if (auto error = parser.load_many(arguments[1], 1 << 24).get(lines)) {
    std::fprintf(stderr, "error: %s\n", simdjson::error_message(error));
    return 2;
  }
  size_t events = 0, wrong = 0;
  for (auto line : lines) {
    object event;
    events++;
    if (line.get(event) != simdjson::SUCCESS || !isSound(event)) wrong++;
  }
  std::printf("%zu events, %zu wrong\n", events, wrong);
  return wrong > 0 ? 1 : 0;
}
