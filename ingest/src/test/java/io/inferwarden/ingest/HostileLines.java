package io.inferwarden.ingest;

import static io.inferwarden.ingest.RejectedEvent.Reason.*;

import io.inferwarden.ingest.RejectedEvent.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lines that are not events, one of each kind. None holds a newline, so they can be a file. */
public final class HostileLines {
  /** A present at which the sound parts of all lines are in the past. */
  public static final long NOW_MILLIS = 1_772_409_700_000L;

  private static final String REQUIRED =
      "\"time\":1772409646453,\"model\":\"m\",\"principal\":\"p\"";

  private final List<HostileLine> lines = new ArrayList<>();

  private HostileLines() {}

  /** All hostile lines. */
  public static List<HostileLine> all() {
    HostileLines table = new HostileLines();
    table.addBrokenDocuments();
    table.addRequiredFields();
    table.addTimes();
    table.addTopLevelFields();
    table.addInputs();
    table.addOutputs();
    table.addDuplicates();
    return List.copyOf(table.lines);
  }

  /** An event with the required fields, and these fields behind them. */
  public static String event(String moreFields) {
    return "{" + REQUIRED + (moreFields.isEmpty() ? "" : "," + moreFields) + "}";
  }

  private void addBrokenDocuments() {
    unseen("empty line", "", EMPTY, "");
    unseen("only whitespace", " \t ", EMPTY, "");
    add("only a byte order mark", "\ufeff", NOT_JSON, "");
    add("plain text", "hello world", NOT_JSON, "");
    add("XML", "<event/>", NOT_JSON, "");
    add("cut off in a field name", "{\"ti", NOT_JSON, "");
    add("cut off in a string", "{\"model\":\"abc", NOT_JSON, "");
    add("cut off before its end", "{" + REQUIRED, NOT_JSON, "");
    add("single quotes", "{'model':'m'}", NOT_JSON, "");
    add("unquoted name", "{model:\"m\"}", NOT_JSON, "");
    add("trailing comma", "{" + REQUIRED + ",}", NOT_JSON, "");
    add("comment", "{/* hello */" + REQUIRED + "}", NOT_JSON, "");
    add("leading zero", event("\"latencyMs\":007"), NOT_JSON, "");
    add("hexadecimal number", event("\"latencyMs\":0x10"), NOT_JSON, "");
    add("raw control character", event("\"org\":\"a\u0001b\""), NOT_JSON, "");
    add("bad escape", event("\"org\":\"\\x41\""), NOT_JSON, "");
    add("mismatched brackets", event("\"x\":[}"), NOT_JSON, "");
    add("half a surrogate in a name", event("\"\\ud800\":1"), NOT_JSON, "");
    addBytes("invalid UTF-8", latin1(event("\"org\":\"caf\u00e9\"")), NOT_JSON, "");
    addBytes("random binary", new byte[] {(byte) 0x80, 1, 2, (byte) 0xff, 7}, NOT_JSON, "");
    addBytes("NUL bytes", new byte[16], NOT_JSON, "");
    add("array", "[" + event("") + "]", NOT_AN_OBJECT, "");
    add("number", "12", NOT_AN_OBJECT, "");
    add("string", "\"event\"", NOT_AN_OBJECT, "");
    add("null", "null", NOT_AN_OBJECT, "");
    add("two events on a line", event("") + event(""), TRAILING_DATA, "");
    add("text behind the event", event("") + " end", TRAILING_DATA, "");
    add("second closing brace", event("") + "}", TRAILING_DATA, "");
    unseen("nesting bomb", event("\"x\":" + "[".repeat(5000)), INVALID_VALUE, "");
    unseen("endless name", event("\"" + "n".repeat(100_000) + "\":1"), INVALID_VALUE, "");
    unseen("too large", event("\"x\":\"" + "y".repeat(1_048_576) + "\""), TOO_LARGE, "");
  }

  private void addRequiredFields() {
    add("empty object", "{}", MISSING_FIELD, "time");
    add("no time", "{\"model\":\"m\",\"principal\":\"p\"}", MISSING_FIELD, "time");
    add("no model", "{\"time\":1772409646453,\"principal\":\"p\"}", MISSING_FIELD, "model");
    add("no principal", "{\"time\":1772409646453,\"model\":\"m\"}", MISSING_FIELD, "principal");
    add("empty model", withModel("\"\""), INVALID_VALUE, "model");
    add("blank model", withModel("\"  \""), INVALID_VALUE, "model");
    add("null model", withModel("null"), WRONG_TYPE, "model");
    add("model is a number", withModel("7"), WRONG_TYPE, "model");
    add("model is an object", withModel("{\"name\":\"m\"}"), WRONG_TYPE, "model");
    add("model too long", withModel("\"" + "m".repeat(257) + "\""), INVALID_VALUE, "model");
    add("log injection", withModel("\"m\\nERROR fake\""), INVALID_VALUE, "model");
    add("NUL in the model", withModel("\"m\\u0000\""), INVALID_VALUE, "model");
  }

  private void addTimes() {
    add("word for a time", withTime("\"yesterday\""), INVALID_VALUE, "time");
    add("number in a string", withTime("\"1772409646453\""), INVALID_VALUE, "time");
    add("time without zone", withTime("\"2026-03-02T00:00:46\""), INVALID_VALUE, "time");
    add("time with a space", withTime("\"2026-03-02 00:00:46Z\""), INVALID_VALUE, "time");
    add("month 13", withTime("\"2026-13-02T00:00:46Z\""), INVALID_VALUE, "time");
    unseen("30 February", withTime("\"2026-02-30T00:00:46Z\""), INVALID_VALUE, "time");
    add("empty time", withTime("\"\""), INVALID_VALUE, "time");
    add("fractional milliseconds", withTime("1772409646453.5"), WRONG_TYPE, "time");
    add("null time", withTime("null"), WRONG_TYPE, "time");
    add("boolean time", withTime("true"), WRONG_TYPE, "time");
    add("NaN time", withTime("NaN"), NOT_FINITE, "time");
    unseen("time of 40 digits", withTime("9".repeat(40)), INVALID_VALUE, "time");
    add("time in seconds", withTime("1772409646"), TIME_TOO_OLD, "time");
    add("negative time", withTime("-5"), TIME_TOO_OLD, "time");
    unseen("time of 1999", withTime("\"1999-12-31T23:59:59.999Z\""), TIME_TOO_OLD, "time");
    unseen("time in microseconds", withTime("1772409646453000"), TIME_IN_FUTURE, "time");
    unseen("time of the next day", withTime("1772496046453"), TIME_IN_FUTURE, "time");
    unseen("largest time", withTime("9223372036854775807"), TIME_IN_FUTURE, "time");
  }

  private void addTopLevelFields() {
    add("number for an id", event("\"id\":12"), WRONG_TYPE, "id");
    add("number for a version", event("\"version\":7"), WRONG_TYPE, "version");
    add("list of addresses", event("\"ip\":[\"10.0.0.1\"]"), WRONG_TYPE, "ip");
    add("unknown operation", event("\"operation\":\"destroy\""), INVALID_VALUE, "operation");
    add("operation in capitals", event("\"operation\":\"CLASSIFY\""), INVALID_VALUE, "operation");
    add("operation is a number", event("\"operation\":1"), WRONG_TYPE, "operation");
    add("unknown guard's verdict", event("\"guard\":\"block\""), INVALID_VALUE, "guard");
    add("empty guard's verdict", event("\"guard\":\"\""), INVALID_VALUE, "guard");
    add("guard's verdict is a boolean", event("\"guard\":true"), WRONG_TYPE, "guard");
    add("network is a number", event("\"network\":24"), WRONG_TYPE, "network");
    add("status is a number", event("\"status\":200"), WRONG_TYPE, "status");
    add("status too long", event("\"status\":\"" + "s".repeat(65) + "\""), INVALID_VALUE, "status");
    add("latency in a string", event("\"latencyMs\":\"12\""), WRONG_TYPE, "latencyMs");
    add("negative latency", event("\"latencyMs\":-0.5"), INVALID_VALUE, "latencyMs");
    add("NaN latency", event("\"latencyMs\":NaN"), NOT_FINITE, "latencyMs");
    unseen("latency beyond double", event("\"latencyMs\":1e999"), NOT_FINITE, "latencyMs");
    add("NaN in an unknown field", event("\"x\":[{\"y\":NaN}]"), NOT_FINITE, "x");
    add("input is a string", event("\"input\":\"hello\""), WRONG_TYPE, "input");
    add("output is an array", event("\"output\":[]"), WRONG_TYPE, "output");
  }

  private void addInputs() {
    input("features are an array", "\"features\":[1,2]", WRONG_TYPE, "input.features");
    input("nested object", "\"features\":{\"a\":{\"b\":1}}", WRONG_TYPE, "input.features.a");
    input("nested array", "\"features\":{\"a\":[1]}", WRONG_TYPE, "input.features.a");
    input("NaN feature", "\"features\":{\"a\":NaN}", NOT_FINITE, "input.features.a");
    input("infinite feature", "\"features\":{\"a\":-Infinity}", NOT_FINITE, "input.features.a");
    unseen(
        "1e999", event("\"input\":{\"features\":{\"a\":1e999}}"), NOT_FINITE, "input.features.a");
    input(
        "feature word too long",
        "\"features\":{\"a\":\"" + "w".repeat(1025) + "\"}",
        INVALID_VALUE,
        "input.features.a");
    input(
        "feature name too long",
        "\"features\":{\"" + "n".repeat(257) + "\":1}",
        INVALID_VALUE,
        "input.features");
    input("too many features", tooManyFeatures(), TOO_MANY_FEATURES, "input.features");
    input("embedding is a number", "\"embedding\":0.5", WRONG_TYPE, "input.embedding");
    input("word in the embedding", "\"embedding\":[\"a\"]", WRONG_TYPE, "input.embedding");
    input("null in the embedding", "\"embedding\":[null]", WRONG_TYPE, "input.embedding");
    input("embedding beyond float", "\"embedding\":[1e300]", NOT_FINITE, "input.embedding");
    input(
        "embedding too long",
        "\"embedding\":[0" + ",0".repeat(16_384) + "]",
        INVALID_VALUE,
        "input.embedding");
    input("text is an array", "\"text\":[\"hi\"]", WRONG_TYPE, "input.text");
    input("negative tokens", "\"tokens\":-1", INVALID_VALUE, "input.tokens");
    input("half a token", "\"tokens\":1.5", WRONG_TYPE, "input.tokens");
    input("tokens beyond int", "\"tokens\":2147483648", INVALID_VALUE, "input.tokens");
    input(
        "unknown tactic",
        "\"textMeasures\":{\"tactics\":[\"override\",\"flattery\"]}",
        INVALID_VALUE,
        "input.textMeasures.tactics");
    input(
        "negative count of a pattern",
        "\"textMeasures\":{\"patterns\":{\"email\":-1}}",
        INVALID_VALUE,
        "input.textMeasures.patterns.email");
    input(
        "lexicon before the first",
        "\"textMeasures\":{\"lexicon\":0}",
        INVALID_VALUE,
        "input.textMeasures.lexicon");
    input("fingerprint is a number", "\"fingerprint\":9", WRONG_TYPE, "input.fingerprint");
  }

  private void addOutputs() {
    output("label is a number", "\"label\":1", WRONG_TYPE, "output.label");
    output("scores are a string", "\"scores\":\"0.5\"", WRONG_TYPE, "output.scores");
    output("score in a string", "\"scores\":[\"0.5\"]", WRONG_TYPE, "output.scores");
    output("nested scores", "\"scores\":[[0.5]]", WRONG_TYPE, "output.scores");
    output("null for a score", "\"scores\":{\"a\":null}", WRONG_TYPE, "output.scores");
    output("NaN score", "\"scores\":[NaN]", NOT_FINITE, "output.scores");
    output(
        "too many scores",
        "\"scores\":[0" + ",0".repeat(10_000) + "]",
        INVALID_VALUE,
        "output.scores");
    output("value in a string", "\"value\":\"3.2\"", WRONG_TYPE, "output.value");
    output("infinite value", "\"value\":Infinity", NOT_FINITE, "output.value");
    output("tokens in a string", "\"tokens\":\"12\"", WRONG_TYPE, "output.tokens");
    output("text is an object", "\"text\":{}", WRONG_TYPE, "output.text");
  }

  private void addDuplicates() {
    unseen("two times", event("\"time\":1772409646453"), DUPLICATE_FIELD, "time");
    unseen("two models", event("\"model\":\"m\""), DUPLICATE_FIELD, "model");
    unseen("two principals", event("\"principal\":\"other\""), DUPLICATE_FIELD, "principal");
    unseen("two guards", event("\"guard\":\"allow\",\"guard\":\"deny\""), DUPLICATE_FIELD, "guard");
    unseen("two networks", event("\"network\":\"a\",\"network\":null"), DUPLICATE_FIELD, "network");
    unseen("two inputs", event("\"input\":{},\"input\":{}"), DUPLICATE_FIELD, "input");
    unseen(
        "two sets of features",
        event("\"input\":{\"features\":{},\"features\":{}}"),
        DUPLICATE_FIELD,
        "input.features");
    addDuplicateMeasures("buckets", "[7]");
    addDuplicateMeasures("words", "3");
    addDuplicateMeasures("classes", "{}");
    unseen(
        "two counts of digits",
        event("\"input\":{\"textMeasures\":{\"classes\":{\"digits\":1,\"digits\":2}}}"),
        DUPLICATE_FIELD,
        "input.textMeasures.classes.digits");
    unseen(
        "two counts of a pattern",
        event("\"output\":{\"textMeasures\":{\"patterns\":{\"iban\":1,\"iban\":0}}}"),
        DUPLICATE_FIELD,
        "output.textMeasures.patterns.iban");
  }

  private void addDuplicateMeasures(String name, String value) {
    String field = "\"" + name + "\":" + value;
    unseen(
        "two " + name,
        event("\"input\":{\"textMeasures\":{" + field + "," + field + "}}"),
        DUPLICATE_FIELD,
        "input.textMeasures." + name);
  }

  private void input(String kind, String fields, Reason reason, String field) {
    add(kind, event("\"input\":{" + fields + "}"), reason, field);
  }

  private void output(String kind, String fields, Reason reason, String field) {
    add(kind, event("\"output\":{" + fields + "}"), reason, field);
  }

  private void add(String kind, String text, Reason reason, String field) {
    addBytes(kind, text.getBytes(StandardCharsets.UTF_8), reason, field);
  }

  private void addBytes(String kind, byte[] bytes, Reason reason, String field) {
    lines.add(new HostileLine(kind, bytes, reason, field, true));
  }

  /** A line whose fault is beyond what a JSON Schema can say. */
  private void unseen(String kind, String text, Reason reason, String field) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    lines.add(new HostileLine(kind, bytes, reason, field, false));
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String withModel(String model) {
    return "{\"time\":1772409646453,\"model\":" + model + ",\"principal\":\"p\"}";
  }

  private static String withTime(String time) {
    return "{\"time\":" + time + ",\"model\":\"m\",\"principal\":\"p\"}";
  }

  private static String tooManyFeatures() {
    StringBuilder features = new StringBuilder("\"features\":{\"f0\":0");
    for (int i = 1; i <= 2000; i++) {
      features.append(",\"f").append(i).append("\":0");
    }
    return features.append('}').toString();
  }
}
