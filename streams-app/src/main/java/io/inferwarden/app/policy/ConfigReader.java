package io.inferwarden.app.policy;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the settings of one mapping and notes every problem on the way, so that all are reported
 * together. A setting that is missing or wrong takes its default; {@link #finish} then throws.
 */
final class ConfigReader {
  private final String file;
  private final List<ConfigProblem> problems;
  private final String path;
  private final ConfigNode.Mapping mapping;
  private final Set<String> knownKeys = new LinkedHashSet<>();
  private final List<ConfigReader> children = new ArrayList<>();

  private ConfigReader(
      String file, List<ConfigProblem> problems, String path, ConfigNode.Mapping mapping) {
    this.file = file;
    this.problems = problems;
    this.path = path;
    this.mapping = mapping;
  }

  static ConfigReader ofYaml(String file, String text) {
    List<ConfigProblem> problems = new ArrayList<>();
    return new ConfigReader(file, problems, "", ConfigTree.ofYaml(file, text, problems));
  }

  static ConfigReader ofJson(String file, String text) {
    List<ConfigProblem> problems = new ArrayList<>();
    return new ConfigReader(file, problems, "", ConfigTree.ofJson(file, text, problems));
  }

  /** The nested mapping; an empty one when the key is missing. */
  ConfigReader section(String key) {
    Optional<ConfigNode> node = node(key);
    if (node.isPresent() && !(node.get() instanceof ConfigNode.Mapping)) {
      wrongKind(key, "a group of settings", node.get());
    }
    return child(
        pathOf(key),
        node.filter(ConfigNode.Mapping.class::isInstance)
            .map(ConfigNode.Mapping.class::cast)
            .orElse(new ConfigNode.Mapping(lineOf(key), Map.of())));
  }

  /** Whether the key's value is a mapping. */
  boolean hasSection(String key) {
    return node(key).filter(ConfigNode.Mapping.class::isInstance).isPresent();
  }

  /** The mappings of a list; empty when the key is missing. */
  List<ConfigReader> sections(String key) {
    Optional<ConfigNode> node = node(key);
    List<ConfigReader> readers = new ArrayList<>();
    if (node.isPresent()) {
      if (node.get() instanceof ConfigNode.Sequence sequence) {
        for (int i = 0; i < sequence.items().size(); i++) {
          ConfigNode item = sequence.items().get(i);
          String itemKey = key + "[" + i + "]";
          if (item instanceof ConfigNode.Mapping itemMapping) {
            readers.add(child(pathOf(itemKey), itemMapping));
          } else {
            add(item.line(), itemKey, "must be a group of settings, was " + item.inWords());
          }
        }
      } else {
        wrongKind(key, "a list", node.get());
      }
    }
    return readers;
  }

  /** All settings of this mapping, whose keys are free, as texts in the file's order. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String key : mapping.entries().keySet()) {
      text(key, value -> Optional.empty()).ifPresent(text -> texts.put(key, text));
    }
    return texts;
  }

  /** The keys of this mapping, where they are free, in the file's order. */
  List<String> keys() {
    return List.copyOf(mapping.entries().keySet());
  }

  /** Whether the key has a value, of whatever kind. */
  boolean has(String key) {
    return node(key).isPresent();
  }

  /** Whether the key is there at all, even without a value. */
  boolean isNamed(String key) {
    knownKeys.add(key);
    return mapping.entries().containsKey(key);
  }

  Optional<String> text(String key, Rule<String> rule) {
    return value(key, Optional::of, "a text", rule);
  }

  String text(String key, String fallback, Rule<String> rule) {
    return value(key, Optional::of, "a text", rule).orElse(fallback);
  }

  Optional<String> requiredText(String key, Rule<String> rule) {
    if (node(key).isEmpty()) {
      problem(key, "is required");
      return Optional.empty();
    }
    return value(key, Optional::of, "a text", rule);
  }

  /** The texts of a list, or the single text that stands in its place; empty without the key. */
  List<String> list(String key, Rule<String> rule) {
    Optional<ConfigNode> node = node(key);
    List<String> texts = new ArrayList<>();
    if (node.isPresent() && node.get() instanceof ConfigNode.Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        ConfigNode item = sequence.items().get(i);
        String itemKey = key + "[" + i + "]";
        if (item instanceof ConfigNode.Scalar scalar) {
          rule.violation(scalar.text())
              .ifPresentOrElse(
                  wrong -> add(item.line(), itemKey, wrong), () -> texts.add(scalar.text()));
        } else {
          add(item.line(), itemKey, "must be a text, was " + item.inWords());
        }
      }
    } else {
      value(key, Optional::of, "a text or a list of texts", rule).ifPresent(texts::add);
    }
    return texts;
  }

  Optional<Boolean> flag(String key) {
    return value(key, ConfigReader::parsedFlag, "true or false", flag -> Optional.empty());
  }

  /**
   * A setting in a form of its own.
   *
   * @param parse gives nothing for a text that is none
   * @param kind what would be right, such as "a date"
   */
  <T> Optional<T> parsed(String key, Function<String, Optional<T>> parse, String kind) {
    return value(key, parse, kind, parsed -> Optional.empty());
  }

  Optional<Duration> duration(String key, Rule<Duration> rule) {
    return value(key, DurationText::parse, "a duration such as 30s, 90m, 24h, 7d or PT90M", rule);
  }

  double number(String key, double fallback, Rule<Double> rule) {
    return value(key, number(Double::valueOf), "a number", rule).orElse(fallback);
  }

  int integer(String key, int fallback, Rule<Integer> rule) {
    return value(key, number(Integer::valueOf), "a whole number", rule).orElse(fallback);
  }

  Duration duration(String key, Duration fallback, Rule<Duration> rule) {
    return duration(key, rule).orElse(fallback);
  }

  Optional<LocalDate> date(String key) {
    return value(
        key, ConfigReader::parsedDate, "a date such as 2027-01-31", date -> Optional.empty());
  }

  private static Optional<LocalDate> parsedDate(String text) {
    try {
      return Optional.of(LocalDate.parse(text.strip()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Boolean> parsedFlag(String text) {
    return switch (text.strip()) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private <T> Optional<T> value(
      String key, Function<String, Optional<T>> parse, String kind, Rule<T> rule) {
    Optional<ConfigNode> node = node(key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> value =
        node.get() instanceof ConfigNode.Scalar scalar
            ? parse.apply(scalar.text())
            : Optional.empty();
    if (value.isEmpty()) {
      wrongKind(key, kind, node.get());
      return value;
    }
    Optional<String> violation = rule.violation(value.get());
    violation.ifPresent(wrong -> problem(key, wrong));
    return violation.isPresent() ? Optional.empty() : value;
  }

  private static <T extends Number> Function<String, Optional<T>> number(
      Function<String, T> parse) {
    return text -> {
      try {
        return Optional.of(parse.apply(text.strip().replace("_", "")));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    };
  }

  /** Notes a problem with a key of this mapping, at the key's line if it is there. */
  void problem(String key, String message) {
    add(lineOf(key), key, message);
  }

  /** Keys that nobody reads, because something else is wrong here, are then no problem. */
  void ignoreUnknownKeys() {
    knownKeys.addAll(mapping.entries().keySet());
  }

  /** Notes the problems of a file that this one names. */
  void problemsOf(InvalidConfigException other) {
    problems.addAll(other.problems());
  }

  boolean hasProblems() {
    return !problems.isEmpty();
  }

  /**
   * Call on the root when everything is read: notes unknown keys and throws if anything is wrong.
   */
  void finish() {
    noteUnknownKeys(allKnownPaths());
    if (hasProblems()) {
      List<ConfigProblem> ordered = new ArrayList<>(problems);
      ordered.sort(
          Comparator.comparing((ConfigProblem problem) -> !problem.file().equals(file))
              .thenComparing(ConfigProblem::file)
              .thenComparingInt(ConfigProblem::line));
      throw new InvalidConfigException(ordered);
    }
  }

  private void noteUnknownKeys(List<String> allKnownPaths) {
    for (String key : mapping.entries().keySet()) {
      if (!knownKeys.contains(key)) {
        problem(key, "is not a setting" + Suggestion.of(key, path, knownKeys, allKnownPaths));
      }
    }
    children.forEach(child -> child.noteUnknownKeys(allKnownPaths));
  }

  private List<String> allKnownPaths() {
    List<String> paths = new ArrayList<>();
    knownKeys.forEach(key -> paths.add(pathOf(key)));
    children.forEach(child -> paths.addAll(child.allKnownPaths()));
    return paths;
  }

  private ConfigReader child(String childPath, ConfigNode.Mapping childMapping) {
    ConfigReader child = new ConfigReader(file, problems, childPath, childMapping);
    children.add(child);
    return child;
  }

  private Optional<ConfigNode> node(String key) {
    knownKeys.add(key);
    return Optional.ofNullable(mapping.entries().get(key))
        .map(ConfigNode.Entry::value)
        .filter(node -> !(node instanceof ConfigNode.Empty));
  }

  private void wrongKind(String key, String kind, ConfigNode node) {
    problem(key, "must be " + kind + ", was " + node.inWords());
  }

  private void add(int line, String key, String message) {
    problems.add(new ConfigProblem(file, line, pathOf(key), message));
  }

  private int lineOf(String key) {
    ConfigNode.Entry entry = mapping.entries().get(key);
    return entry == null ? mapping.line() : entry.keyLine();
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
