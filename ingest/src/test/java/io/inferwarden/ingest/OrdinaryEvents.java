package io.inferwarden.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Events that a sender of good faith may write: any fields of the contract but texts, in any order,
 * with white space or without, and numbers of every length. The same seed, the same events.
 */
final class OrdinaryEvents {
  private static final List<String> NULLABLE =
      List.of("id", "version", "digest", "org", "ip", "network", "status", "guard", "latencyMs");

  private final Random random;
  private String space = "";

  OrdinaryEvents(long seed) {
    random = new Random(seed);
  }

  byte[] next() {
    space = random.nextInt(3) == 0 ? " " : "";
    List<String> fields = new ArrayList<>();
    fields.add(field("time", time()));
    fields.add(field("model", '"' + word() + '"'));
    fields.add(field("principal", '"' + word() + '"'));
    for (String name : List.of("id", "version", "digest", "org", "ip", "network", "status")) {
      some(fields, name, '"' + word() + '"');
    }
    some(fields, "operation", '"' + oneOf("classify", "regress", "generate", "embed") + '"');
    some(fields, "guard", '"' + oneOf("allow", "deny", "modify", "warn", "escalate") + '"');
    some(fields, "latencyMs", number().replace("-", ""));
    some(fields, "v", oneOf("1", "true", "null", "\"x y\"", "-2.50e+3", "false"));
    some(fields, "input", object(inputs()));
    some(fields, "output", object(outputs()));
    if (random.nextInt(8) == 0) {
      String name = NULLABLE.get(random.nextInt(NULLABLE.size()));
      fields.removeIf(field -> field.startsWith('"' + name + '"'));
      fields.add(field(name, "null"));
    }
    Collections.shuffle(fields, random);
    return (gap() + object(fields) + gap()).getBytes(US_ASCII);
  }

  private List<String> inputs() {
    List<String> features = new ArrayList<>();
    for (int i = random.nextInt(14); i > 0; i--) {
      String name = random.nextInt(20) == 0 ? word() : "feature_" + i;
      features.add(field(name, random.nextInt(4) > 0 ? number() : value()));
    }
    List<String> fields = new ArrayList<>();
    some(fields, "features", object(features));
    some(fields, "embedding", array(random.nextInt(5)));
    some(fields, "textLength", count());
    some(fields, "tokens", count());
    some(fields, "fingerprint", '"' + word() + '"');
    Collections.shuffle(fields, random);
    return fields;
  }

  private List<String> outputs() {
    List<String> scores = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      scores.add(field("class " + i, number()));
    }
    List<String> fields = new ArrayList<>();
    some(fields, "scores", random.nextBoolean() ? array(random.nextInt(12)) : object(scores));
    some(fields, "label", '"' + word() + '"');
    some(fields, "value", number());
    some(fields, "textLength", count());
    some(fields, "tokens", count());
    some(fields, "finishReason", '"' + word() + '"');
    Collections.shuffle(fields, random);
    return fields;
  }

  private String time() {
    long millis = 1_500_000_000_000L + random.nextInt(Integer.MAX_VALUE);
    return random.nextInt(4) > 0
        ? Long.toString(millis)
        : '"' + Instant.ofEpochMilli(millis).toString() + '"';
  }

  /** A number of any usual length that a float can hold. */
  private String number() {
    double drawn = random.nextGaussian() * Math.pow(10, random.nextInt(5) - 2);
    return switch (random.nextInt(8)) {
      case 0 -> Integer.toString(random.nextInt(200) - 100);
      case 1 -> oneOf("0", "-0", "-0.0", "0e0", "1E+2", "7e-05", "0.1e1", "123456789012345678");
      case 2 -> Double.toString(drawn);
      case 3 -> Double.toString(drawn * Math.pow(10, random.nextInt(60) - 40)).replace('E', 'e');
      case 4 -> String.format(Locale.ROOT, "%.19e", drawn);
      case 5 -> String.format(Locale.ROOT, "%." + (1 + random.nextInt(25)) + "f", drawn);
      default -> String.format(Locale.ROOT, "%.6f", drawn);
    };
  }

  private String count() {
    return Integer.toString(random.nextInt() >>> (1 + random.nextInt(31)));
  }

  private String value() {
    return oneOf("true", "false", "null", '"' + word() + '"', "\"\"", "\"two words\"");
  }

  private String word() {
    char[] characters = new char[1 + random.nextInt(random.nextInt(20) == 0 ? 63 : 12)];
    for (int i = 0; i < characters.length; i++) {
      characters[i] = (char) ('#' + random.nextInt('[' - '#'));
    }
    return random.nextInt(3) > 0 ? oneOf("a", "model-7", "acme", "fraud") : new String(characters);
  }

  private String array(int size) {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      numbers.add(number());
    }
    return '[' + gap() + String.join("," + gap(), numbers) + gap() + ']';
  }

  private String object(List<String> fields) {
    return '{' + gap() + String.join("," + gap(), fields) + gap() + '}';
  }

  private String field(String name, String value) {
    return '"' + name + '"' + gap() + ':' + space + value + gap();
  }

  private void some(List<String> fields, String name, String value) {
    if (random.nextInt(3) > 0) {
      fields.add(field(name, value));
    }
  }

  private String gap() {
    return random.nextInt(40) == 0 ? oneOf(" ", "\n", "\t", "\r\n  ") : space;
  }

  private String oneOf(String... choices) {
    return Arrays.asList(choices).get(random.nextInt(choices.length));
  }
}
