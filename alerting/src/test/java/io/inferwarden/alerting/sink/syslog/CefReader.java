package io.inferwarden.alerting.sink.syslog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads CEF by its specification, character by character, and takes escapes away. */
final class CefReader {
  private static final int HEADER_FIELDS = 7;

  private CefReader() {}

  /** The seven fields of the header; fails where there are fewer. */
  static List<String> header(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    for (int i = 0; fields.size() < HEADER_FIELDS; i++) {
      char c = line.charAt(i);
      if (c == '\\') {
        field.append(line.charAt(++i));
      } else if (c == '|') {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    return fields;
  }

  /** The keys and values after the header; fails where a key comes twice. */
  static Map<String, String> extension(String line) {
    String text = line.substring(startOfExtension(line));
    Map<String, String> values = new LinkedHashMap<>();
    int equals = nextEquals(text, 0);
    String key = text.substring(0, equals);
    while (true) {
      int next = nextEquals(text, equals + 1);
      int end = next < 0 ? text.length() : text.lastIndexOf(' ', next);
      if (values.put(key, unescaped(text.substring(equals + 1, end))) != null) {
        throw new IllegalArgumentException(key + " comes twice");
      }
      if (next < 0) {
        return values;
      }
      key = text.substring(end + 1, next);
      equals = next;
    }
  }

  private static int startOfExtension(String line) {
    int fields = 0;
    for (int i = 0; ; i++) {
      if (line.charAt(i) == '\\') {
        i++;
      } else if (line.charAt(i) == '|' && ++fields == HEADER_FIELDS) {
        return i + 1;
      }
    }
  }

  private static int nextEquals(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '=') {
        return i;
      }
    }
    return -1;
  }

  private static String unescaped(String value) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      text.append(c == '\\' ? value.charAt(++i) : c);
    }
    return text.toString();
  }
}
