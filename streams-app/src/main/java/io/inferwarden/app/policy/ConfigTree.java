package io.inferwarden.app.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads YAML or JSON into {@link ConfigNode}s; notes keys that appear twice. */
final class ConfigTree {
  private static final YAMLFactory YAML = new YAMLFactory();
  private static final JsonFactory JSON = new JsonFactory();

  private final String file;
  private final List<ConfigProblem> problems;
  private final JsonParser parser;

  private ConfigTree(String file, List<ConfigProblem> problems, JsonParser parser) {
    this.file = file;
    this.problems = problems;
    this.parser = parser;
  }

  static ConfigNode.Mapping ofYaml(String file, String text, List<ConfigProblem> problems) {
    return read(YAML, file, text, problems);
  }

  static ConfigNode.Mapping ofJson(String file, String text, List<ConfigProblem> problems) {
    return read(JSON, file, text, problems);
  }

  private static ConfigNode.Mapping read(
      JsonFactory format, String file, String text, List<ConfigProblem> problems) {
    try (JsonParser parser = format.createParser(text)) {
      return new ConfigTree(file, problems, parser).root();
    } catch (JsonProcessingException e) {
      throw new InvalidConfigException(List.of(syntaxProblem(file, e)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ConfigNode.Mapping root() throws IOException {
    if (parser.nextToken() == null) {
      return new ConfigNode.Mapping(1, Map.of());
    }
    ConfigNode root = node("");
    if (parser.nextToken() != null) {
      problems.add(new ConfigProblem(file, line(), "", "must hold a single document"));
    }
    if (root instanceof ConfigNode.Mapping mapping) {
      return mapping;
    }
    if (!(root instanceof ConfigNode.Empty)) {
      problems.add(
          new ConfigProblem(
              file, root.line(), "", "must be lines of \"key: value\", was " + root.inWords()));
    }
    return new ConfigNode.Mapping(root.line(), Map.of());
  }

  private ConfigNode node(String path) throws IOException {
    int line = line();
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return mapping(line, path);
    }
    if (token == JsonToken.START_ARRAY) {
      List<ConfigNode> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(node(path + "[" + items.size() + "]"));
      }
      return new ConfigNode.Sequence(line, items);
    }
    return token == JsonToken.VALUE_NULL
        ? new ConfigNode.Empty(line)
        : new ConfigNode.Scalar(line, parser.getText());
  }

  private ConfigNode.Mapping mapping(int line, String path) throws IOException {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int keyLine = line();
      String keyPath = path.isEmpty() ? key : path + "." + key;
      parser.nextToken();
      ConfigNode.Entry earlier = entries.put(key, new ConfigNode.Entry(keyLine, node(keyPath)));
      if (earlier != null) {
        problems.add(
            new ConfigProblem(
                file, keyLine, keyPath, "is already set in line " + earlier.keyLine()));
      }
    }
    return new ConfigNode.Mapping(line, entries);
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private static ConfigProblem syntaxProblem(String file, JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      String context = marked.getContext() == null ? "" : " " + marked.getContext();
      return new ConfigProblem(
          file,
          marked.getProblemMark().getLine() + 1,
          "",
          "is not valid YAML: " + marked.getProblem() + context);
    }
    int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
    String reason = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
    return new ConfigProblem(file, line, "", "cannot be read: " + reason);
  }
}
