package io.inferwarden.alerting.sink.siem;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** All texts of a document. */
final class Texts {
  private Texts() {}

  static List<String> of(JsonNode node) {
    List<String> texts = new ArrayList<>();
    collect(node, texts);
    return texts;
  }

  /** Whether no character of it could command a terminal, break a line or turn its direction. */
  static boolean isPlain(String text) {
    return text.codePoints()
        .noneMatch(
            each ->
                Character.isISOControl(each)
                    || Character.getType(each) == Character.FORMAT
                    || Character.getType(each) == Character.SURROGATE
                    || each == 0x2028
                    || each == 0x2029);
  }

  private static void collect(JsonNode node, List<String> texts) {
    if (node.isTextual()) {
      texts.add(node.textValue());
    }
    node.fieldNames().forEachRemaining(texts::add);
    node.forEach(child -> collect(child, texts));
  }
}
