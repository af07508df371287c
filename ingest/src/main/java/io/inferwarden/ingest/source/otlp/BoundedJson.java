package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads JSON of strangers within bounds of depth and of number of values. */
final class BoundedJson {
  private static final int DEEPEST_NESTING = 200;
  private static final int LONGEST_NAME = 4096;

  /** Names, values and brackets of one record; a long conversation takes a few thousand. */
  private static final int MOST_TOKENS = 400_000;

  private static final ObjectReader TREES =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private BoundedJson() {}

  /**
   * Walks a whole body, however many values it has. Every one begins with an empty table of names,
   * so names that collide on purpose are gone with the body that held them.
   */
  static JsonParser parser(byte[] json, int offset, int length) throws IOException {
    return factory(0).createParser(json, offset, length);
  }

  /** One record as a tree. */
  static JsonNode tree(byte[] json, int offset, int length) throws IOException {
    try (JsonParser parser = factory(MOST_TOKENS).createParser(json, offset, length)) {
      return TREES.readValue(parser);
    }
  }

  /** JSON within a text, or a missing node when the text is no JSON after all. */
  static JsonNode within(String text) {
    try (JsonParser parser = factory(MOST_TOKENS).createParser(text)) {
      JsonNode tree = TREES.readValue(parser);
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (JsonProcessingException plainText) {
      return MissingNode.getInstance();
    } catch (IOException impossible) {
      throw new UncheckedIOException("a string cannot fail to be read", impossible);
    }
  }

  private static JsonFactory factory(int mostTokens) {
    StreamReadConstraints.Builder constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST_NESTING)
            .maxNameLength(LONGEST_NAME)
            .maxStringLength(RecordReader.MAXIMUM_RECORD_BYTES);
    if (mostTokens > 0) {
      constraints.maxTokenCount(mostTokens);
    }
    return JsonFactory.builder()
        .streamReadConstraints(constraints.build())
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
  }
}
