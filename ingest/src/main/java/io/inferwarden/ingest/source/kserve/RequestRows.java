package io.inferwarden.ingest.source.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.inferwarden.ingest.source.json.ChatBodies;
import io.inferwarden.ingest.source.json.EventDraft;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads what a request asks: {@code instances} of protocol V1, {@code inputs} of the Open Inference
 * Protocol, or the body of a language model.
 *
 * <p>Numbers, words and booleans become features: of an object by name, of an array as {@code f0},
 * {@code f1} and so on, nested ones with the path as name. A string becomes text instead where its
 * name says so or it is longer than {@value #LONGEST_WORD} characters, since features are not
 * measured and dropped at the door as texts are. A row of numbers with more than {@value
 * #MOST_FEATURES} is an embedding; one too long for that, and binary data, is a fingerprint.
 */
final class RequestRows {
  static final int MOST_FEATURES = 2000;
  private static final int LONGEST_EMBEDDING = 16_384;
  private static final int LONGEST_WORD = 128;
  private static final Set<String> TEXTS =
      Set.of(
          "text",
          "texts",
          "prompt",
          "input",
          "inputs",
          "query",
          "question",
          "sentence",
          "document",
          "content",
          "message",
          "body",
          "text_input");
  private static final List<String> PROMPTS = List.of("messages", "prompt", "input");

  private RequestRows() {}

  static Rows of(JsonNode body) {
    JsonNode instances = body.path("instances");
    if (instances.isArray()) {
      return Rows.of(instances.size(), (row, into) -> instance(instances.get(row), into));
    }
    JsonNode inputs = body.path("inputs");
    if (inputs.isArray() && inputs.path(0).has("datatype")) {
      return Tensors.of(inputs).rows(RequestRows::tensors);
    }
    for (String field : PROMPTS) {
      if (body.has(field)) {
        return Rows.of(1, (row, into) -> into.inputText(ChatBodies.asked(body.path(field))));
      }
    }
    return inputs.isTextual()
        ? Rows.of(1, (row, into) -> into.inputText(inputs.textValue()))
        : Rows.NONE;
  }

  private static void instance(JsonNode instance, EventDraft into) {
    if (instance.isTextual()) {
      into.inputText(instance.textValue());
    } else if (instance.isObject()) {
      for (Map.Entry<String, JsonNode> field : instance.properties()) {
        named(field.getKey(), field.getValue(), into);
      }
    } else if (instance.isArray()) {
      array("f", instance, into);
    } else {
      named("f0", instance, into);
    }
  }

  /** The values of one row, by tensor. */
  private static void tensors(List<Tensors.Row> row, EventDraft into) {
    for (Tensors.Row values : row) {
      if (values.size() == 1) {
        named(values.name(), values.get(0), into);
      } else if (values.size() > MOST_FEATURES) {
        wide(values.toArray(), into);
      } else {
        for (int column = 0; column < values.size(); column++) {
          named(values.name() + '_' + column, values.get(column), into);
        }
      }
    }
  }

  private static void named(String name, JsonNode value, EventDraft into) {
    if (value.isTextual()) {
      word(name, value.textValue(), into);
    } else if (value.isArray()) {
      array(name + '_', value, into);
    } else if (value.isObject()) {
      if (value.path("b64").isTextual()) {
        into.fingerprint(fingerprint(value.path("b64").textValue()));
        return;
      }
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        named(name + '.' + field.getKey(), field.getValue(), into);
      }
    } else {
      into.feature(name, value);
    }
  }

  private static void word(String name, String value, EventDraft into) {
    String lastName = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (value.length() > LONGEST_WORD || TEXTS.contains(lastName)) {
      into.inputText(value);
    } else {
      into.feature(name, TextNode.valueOf(value));
    }
  }

  private static void array(String prefix, JsonNode array, EventDraft into) {
    List<JsonNode> flat = Flat.of(array);
    if (flat.size() > MOST_FEATURES) {
      wide(flat, into);
      return;
    }
    for (int i = 0; i < flat.size(); i++) {
      named(prefix + i, flat.get(i), into);
    }
  }

  private static void wide(List<JsonNode> values, EventDraft into) {
    if (values.size() <= LONGEST_EMBEDDING && values.stream().allMatch(JsonNode::isNumber)) {
      values.forEach(into::coordinate);
    } else {
      into.fingerprint(fingerprint(values.toString()));
    }
  }

  private static String fingerprint(String value) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
