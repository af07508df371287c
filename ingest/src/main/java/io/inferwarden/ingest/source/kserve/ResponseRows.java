package io.inferwarden.ingest.source.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.inferwarden.ingest.Operation;
import io.inferwarden.ingest.source.json.ChatBodies;
import io.inferwarden.ingest.source.json.EventDraft;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads what a response answers: {@code predictions} of protocol V1, {@code outputs} of the Open
 * Inference Protocol, or the body of a language model.
 *
 * <p>A whole number and a boolean are a label, a number with a point is a value, an array of
 * numbers is scores. A string without white space of up to {@value #LONGEST_LABEL} characters is a
 * label; so is one with white space, unless the input is text: then it is text, which is measured
 * and dropped at the door. An object tells by its names.
 */
final class ResponseRows {
  private static final int LONGEST_LABEL = 64;
  private static final int MOST_SCORES = 10_000;
  private static final List<String> LABELS =
      List.of("label", "class", "prediction", "predicted_label", "category", "predicted_class");
  private static final List<String> SCORES =
      List.of("scores", "probabilities", "probs", "confidences", "logits");
  private static final List<String> SCORE = List.of("score", "probability", "confidence");
  private static final List<String> VALUES = List.of("value", "prediction", "output", "result");
  private static final List<String> TEXTS = List.of("text", "generated_text", "output_text");

  private ResponseRows() {}

  static Rows of(JsonNode body) {
    JsonNode predictions = body.path("predictions");
    if (predictions.isArray()) {
      return Rows.of(predictions.size(), (row, into) -> prediction(predictions.get(row), into));
    }
    if (predictions.isObject()) {
      return Rows.of(1, (row, into) -> prediction(predictions, into));
    }
    JsonNode outputs = body.path("outputs");
    if (outputs.isArray() && outputs.path(0).has("datatype")) {
      return Tensors.of(outputs).rows(ResponseRows::tensors);
    }
    if (body.has("choices") || body.has("output") || body.path("content").isArray()) {
      return Rows.of(1, (row, into) -> generated(body, into));
    }
    boolean hasEmbeddings = body.path("data").path(0).has("embedding");
    return hasEmbeddings
        ? Rows.of(1, (row, into) -> tokens(body, into).operation(Operation.EMBED))
        : Rows.NONE;
  }

  /** The predictions as the scores of one row, where a model answers one row so; or none. */
  static Rows asScores(JsonNode body) {
    JsonNode predictions = body.path("predictions");
    return predictions.isArray() && areNumbers(predictions)
        ? Rows.of(1, (row, into) -> scores(predictions, into))
        : Rows.NONE;
  }

  private static void generated(JsonNode body, EventDraft into) {
    tokens(body, into)
        .operation(Operation.GENERATE)
        .outputText(ChatBodies.answered(body))
        .finishReason(ChatBodies.finishReason(body));
  }

  private static EventDraft tokens(JsonNode body, EventDraft into) {
    return into.inputTokens(ChatBodies.inputTokens(body))
        .outputTokens(ChatBodies.outputTokens(body));
  }

  private static void prediction(JsonNode prediction, EventDraft into) {
    if (prediction.isTextual()) {
      word(prediction.textValue(), into);
    } else if (prediction.isIntegralNumber() || prediction.isBoolean()) {
      into.label(prediction.asText()).operation(Operation.CLASSIFY);
    } else if (prediction.isNumber()) {
      into.value(prediction).operation(Operation.REGRESS);
    } else if (prediction.isArray()) {
      array(prediction, into);
    } else if (prediction.isObject()) {
      object(prediction, into);
    }
  }

  private static void word(String text, EventDraft into) {
    boolean isOneWord = text.chars().noneMatch(Character::isWhitespace);
    if (text.length() <= LONGEST_LABEL && (isOneWord || into.inputText().isEmpty())) {
      into.label(text).operation(Operation.CLASSIFY);
    } else {
      into.outputText(text).operation(Operation.GENERATE);
    }
  }

  private static void array(JsonNode array, EventDraft into) {
    if (array.size() == 1) {
      prediction(array.get(0), into);
    } else if (areNumbers(array)) {
      scores(array, into);
    } else if (array.path(0).isObject()) {
      labelledScores(array, into);
    }
  }

  /** What a classification pipeline answers: a label and its score, many times. */
  private static void labelledScores(JsonNode array, EventDraft into) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < Math.min(MOST_SCORES, array.size()); i++) {
      JsonNode score = first(array.get(i), SCORE);
      String label = label(first(array.get(i), LABELS));
      if (score.isNumber() && !label.isEmpty()) {
        into.score(label, score).operation(Operation.CLASSIFY);
        if (score.doubleValue() > highest) {
          highest = score.doubleValue();
          into.label(label);
        }
      }
    }
  }

  private static void object(JsonNode object, EventDraft into) {
    JsonNode text = first(object, TEXTS);
    if (text.isTextual()) {
      into.outputText(text.textValue()).operation(Operation.GENERATE);
      return;
    }
    String label = label(first(object, LABELS));
    JsonNode scores = first(object, SCORES);
    JsonNode score = first(object, SCORE);
    JsonNode value = first(object, VALUES);
    if (!label.isEmpty()) {
      into.label(label).operation(Operation.CLASSIFY);
    }
    if (scores.isContainerNode()) {
      scores(object.path("classes"), scores, into);
    } else if (score.isNumber() && !label.isEmpty()) {
      into.score(label, score);
    } else if (label.isEmpty() && value.isNumber()) {
      into.value(value).operation(Operation.REGRESS);
    }
    if (!into.isJudged() && areNumbers(object)) {
      scores(object, into);
    }
  }

  private static void scores(JsonNode classes, JsonNode scores, EventDraft into) {
    if (classes.isArray() && scores.isArray() && classes.size() == scores.size()) {
      for (int i = 0; i < Math.min(MOST_SCORES, scores.size()); i++) {
        into.score(classes.get(i).asText(), scores.get(i)).operation(Operation.CLASSIFY);
      }
    } else if (areNumbers(scores)) {
      scores(scores, into);
    }
  }

  /** Numbers in the model's order, or by label. */
  private static void scores(JsonNode scores, EventDraft into) {
    into.operation(Operation.CLASSIFY);
    if (scores.isObject()) {
      for (Map.Entry<String, JsonNode> score : scores.properties()) {
        into.score(score.getKey(), score.getValue());
      }
    } else {
      scores.forEach(into::score);
    }
  }

  /** The values of one row, by tensor. */
  private static void tensors(List<Tensors.Row> row, EventDraft into) {
    for (Tensors.Row values : row) {
      if (values.size() > 1) {
        if (values.size() <= MOST_SCORES
            && values.toArray().stream().allMatch(JsonNode::isNumber)) {
          values.toArray().forEach(into::score);
          into.operation(Operation.CLASSIFY);
        }
      } else if (isScore(values.name()) && values.get(0).isNumber()) {
        into.score(values.get(0)).operation(Operation.CLASSIFY);
      } else if (values.isInteger() && values.get(0).isNumber()) {
        into.label(Long.toString(values.get(0).longValue())).operation(Operation.CLASSIFY);
      } else if (values.datatype().startsWith("FP") && values.get(0).isNumber()) {
        into.value(values.get(0)).operation(Operation.REGRESS);
      } else {
        prediction(values.get(0), into);
      }
    }
  }

  private static boolean isScore(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("prob") || lower.contains("score") || lower.contains("confidence");
  }

  private static String label(JsonNode label) {
    boolean isLabel = label.isTextual() || label.isIntegralNumber() || label.isBoolean();
    return isLabel ? label.asText() : "";
  }

  private static JsonNode first(JsonNode object, List<String> names) {
    for (String name : names) {
      if (object.has(name)) {
        return object.get(name);
      }
    }
    return MissingNode.getInstance();
  }

  private static boolean areNumbers(JsonNode container) {
    for (JsonNode value : container) {
      if (!value.isNumber()) {
        return false;
      }
    }
    return container.size() > 0 && container.size() <= MOST_SCORES;
  }
}
