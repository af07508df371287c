package io.inferwarden.app.policy;

import java.util.List;
import java.util.Map;

/** A piece of a configuration file that knows its line. */
sealed interface ConfigNode {
  int line();

  /** The node in words, for messages of the form "must be a number, was ...". */
  String inWords();

  /** The value is the text as written, so that {@code no} and {@code 007} stay what they are. */
  record Scalar(int line, String text) implements ConfigNode {
    @Override
    public String inWords() {
      return '"' + text + '"';
    }
  }

  /** A key without a value, which means the same as leaving the key out. */
  record Empty(int line) implements ConfigNode {
    @Override
    public String inWords() {
      return "empty";
    }
  }

  record Sequence(int line, List<ConfigNode> items) implements ConfigNode {
    @Override
    public String inWords() {
      return "a list";
    }
  }

  record Mapping(int line, Map<String, Entry> entries) implements ConfigNode {
    @Override
    public String inWords() {
      return "a group of settings";
    }
  }

  record Entry(int keyLine, ConfigNode value) {}
}
