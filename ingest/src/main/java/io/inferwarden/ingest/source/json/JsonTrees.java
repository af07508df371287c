package io.inferwarden.ingest.source.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.inferwarden.ingest.RejectedEvent.Reason;
import java.io.IOException;

/**
 * Reads foreign JSON into trees of bounded size and depth. What is wrong with it is told by kind
 * and place, never by quoting it. A field that comes twice is refused, since two readers could
 * believe different ones; NaN and the infinities, which Python servers write, are read.
 */
public final class JsonTrees {
  /** The longest document and the longest string, in bytes. */
  public static final int MAXIMUM_BYTES = 8 * 1_048_576;

  private static final int DEEPEST_NESTING = 100;
  private static final int LONGEST_NUMBER = 1000;
  private static final int LONGEST_NAME_BYTES = 4096;

  /** A tree takes some tens of bytes a token. */
  private static final long MOST_TOKENS = 1_000_000;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

  private static volatile JsonFactory factory = newFactory();

  private JsonTrees() {}

  /**
   * Reads one document.
   *
   * @throws RejectedJsonException when it is not one JSON document within the limits
   */
  public static JsonNode read(byte[] json, int offset, int length) throws RejectedJsonException {
    if (length > MAXIMUM_BYTES) {
      throw new RejectedJsonException(
          Reason.TOO_LARGE, "expected at most " + MAXIMUM_BYTES + " bytes, found more");
    }
    try (JsonParser parser = factory.createParser(json, offset, length)) {
      JsonNode tree = MAPPER.readTree(parser);
      if (tree == null || tree.isMissingNode()) {
        throw new RejectedJsonException(Reason.EMPTY, "expected JSON, found nothing");
      }
      if (parser.nextToken() != null) {
        throw new RejectedJsonException(
            Reason.TRAILING_DATA, "expected one JSON document, found more after its end");
      }
      return tree;
    } catch (StreamConstraintsException tooExtreme) {
      // Names that collide on purpose stay in the factory's table of names: begin another one.
      factory = newFactory();
      throw new RejectedJsonException(
          Reason.INVALID_VALUE,
          "expected nesting to depth "
              + DEEPEST_NESTING
              + ", numbers of "
              + LONGEST_NUMBER
              + " digits, names of "
              + LONGEST_NAME_BYTES
              + " bytes and "
              + MOST_TOKENS
              + " tokens at most, found more");
    } catch (MismatchedInputException duplicate) {
      throw new RejectedJsonException(
          Reason.DUPLICATE_FIELD, "expected each field once, found one twice" + place(duplicate));
    } catch (JsonProcessingException malformed) {
      throw new RejectedJsonException(Reason.NOT_JSON, "not JSON" + place(malformed));
    } catch (IOException malformed) {
      throw new RejectedJsonException(Reason.NOT_JSON, "not JSON: broken characters");
    }
  }

  /**
   * Reads one document that must be an object.
   *
   * @throws RejectedJsonException when it is not one JSON object within the limits
   */
  public static JsonNode readObject(byte[] json, int offset, int length)
      throws RejectedJsonException {
    JsonNode tree = read(json, offset, length);
    if (!tree.isObject()) {
      throw new RejectedJsonException(
          Reason.NOT_AN_OBJECT, "expected a JSON object, found another kind of value");
    }
    return tree;
  }

  private static String place(JsonProcessingException malformed) {
    long offset = malformed.getLocation() == null ? -1 : malformed.getLocation().getByteOffset();
    return offset < 0 ? "" : " at byte " + offset;
  }

  private static JsonFactory newFactory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST_NESTING)
                .maxStringLength(MAXIMUM_BYTES)
                .maxNumberLength(LONGEST_NUMBER)
                .maxNameLength(LONGEST_NAME_BYTES)
                .maxTokenCount(MOST_TOKENS)
                .build())
        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
  }
}
