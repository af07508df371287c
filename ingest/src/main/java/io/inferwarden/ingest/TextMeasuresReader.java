package io.inferwarden.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.inferwarden.ingest.RejectedEvent.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the measures of a text that were written instead of the text. */
final class TextMeasuresReader {
  /** All fields of the contract but those within {@code classes} and {@code patterns}. */
  private static final List<String> FIELDS = fieldNames();

  private static final int FIRST_CLASS = FIELDS.size();
  private static final int FIRST_PATTERN = FIRST_CLASS + CharacterClass.all().length;

  private final JsonParser json;
  private final FieldReader fields;
  private final VocabularyCache words;
  private final String parent;

  /** A bit for each field that came, by its place; there are fewer than 64. */
  private long seen;

  /**
   * @param parent path of the object in the event
   */
  TextMeasuresReader(JsonParser json, FieldReader fields, VocabularyCache words, String parent) {
    this.json = json;
    this.fields = fields;
    this.words = words;
    this.parent = parent;
  }

  /** Reads the object that comes next; null stands for no text. */
  void read(TextMeasures into) throws IOException, Rejection {
    if (!fields.opens(JsonToken.START_OBJECT, parent, "an object")) {
      return;
    }
    into.clear();
    into.present();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      String field = parent + "." + name;
      int place = FIELDS.indexOf(name);
      if (place >= 0) {
        once(place, field);
      }
      switch (name) {
        case "opening" -> into.opening(mark(field));
        case "first" -> into.first(mark(field));
        case "ending" -> into.ending(mark(field));
        case "fingerprint" -> into.fingerprint(fingerprint(field));
        case "tactics" -> readTactics(field, into);
        case "head" -> into.headFingerprint(fingerprint(field));
        case "tail" -> into.tailFingerprint(fingerprint(field));
        case "line" -> into.lineFingerprint(fingerprint(field));
        case "buckets" -> readBuckets(field, into);
        case "simHash" -> into.simHash(fingerprint(field));
        case "template" -> into.template(fingerprint(field));
        case "classes" -> readClasses(field, into);
        case "patterns" -> readPatterns(field, into);
        case "canaries" -> into.canaries(Math.max(0, fields.count(field)));
        case "lexicon" -> into.lexicon(lexicon(field));
        default -> {
          TextCount count = TextCount.ofCode(name);
          if (count == null) {
            fields.skip(name);
          } else {
            into.count(count, Math.max(0, fields.count(field)));
          }
        }
      }
    }
  }

  private void once(int place, String field) throws Rejection {
    long bit = 1L << place;
    if ((seen & bit) != 0) {
      throw new Rejection(Reason.DUPLICATE_FIELD, field, "expected once, found twice");
    }
    seen |= bit;
  }

  private static List<String> fieldNames() {
    List<String> names =
        new ArrayList<>(
            List.of(
                "opening",
                "first",
                "ending",
                "fingerprint",
                "tactics",
                "head",
                "tail",
                "line",
                "buckets",
                "simHash",
                "template",
                "classes",
                "patterns",
                "canaries",
                "lexicon"));
    for (TextCount count : TextCount.inOrder()) {
      names.add(count.code());
    }
    return List.copyOf(names);
  }

  private TextMark mark(String field) throws IOException, Rejection {
    String code = fields.optional(field, Limits.WORD, words);
    TextMark mark = code == null ? TextMark.OTHER : TextMark.ofCode(code);
    if (mark == null) {
      throw fields.invalid(field, "a mark of the contract");
    }
    return mark;
  }

  private long fingerprint(String field) throws IOException, Rejection {
    @Nullable String text = fields.optional(field, Limits.WORD, null);
    try {
      return text == null ? 0 : HexFormat.fromHexDigitsToLong(text);
    } catch (IllegalArgumentException notHexadecimal) {
      throw fields.invalid(field, "at most 16 hexadecimal digits");
    }
  }

  /** Of measures that do not say, the first version. */
  private int lexicon(String field) throws IOException, Rejection {
    int version = fields.count(field);
    if (version == 0) {
      throw fields.invalid(field, "an integer of 1 or more");
    }
    return Math.max(1, version);
  }

  private void readClasses(String field, TextMeasures into) throws IOException, Rejection {
    if (!fields.opens(JsonToken.START_OBJECT, field, "an object")) {
      return;
    }
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      CharacterClass characterClass = CharacterClass.ofCode(name);
      if (characterClass == null) {
        fields.skip(name);
      } else {
        String ofClass = field + "." + name;
        once(FIRST_CLASS + characterClass.index(), ofClass);
        into.characters(characterClass, Math.max(0, fields.count(ofClass)));
      }
    }
  }

  private void readPatterns(String field, TextMeasures into) throws IOException, Rejection {
    if (!fields.opens(JsonToken.START_OBJECT, field, "an object")) {
      return;
    }
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      TextPattern pattern = TextPattern.ofCode(name);
      if (pattern == null) {
        fields.skip(name);
      } else {
        String ofPattern = field + "." + name;
        once(FIRST_PATTERN + pattern.index(), ofPattern);
        into.patterns(pattern, Math.max(0, fields.count(ofPattern)));
      }
    }
  }

  private void readTactics(String field, TextMeasures into) throws IOException, Rejection {
    if (!fields.opens(JsonToken.START_ARRAY, field, "an array of strings")) {
      return;
    }
    int tactics = 0;
    for (JsonToken token = fields.advance();
        token != JsonToken.END_ARRAY;
        token = fields.advance()) {
      if (token != JsonToken.VALUE_STRING) {
        throw fields.wrongType(field, "an array of strings");
      }
      TextTactic tactic = TextTactic.ofCode(fields.string(field, Limits.WORD, words));
      if (tactic == null) {
        throw fields.invalid(field, "tactics of the contract");
      }
      tactics |= tactic.bit();
    }
    into.tactics(tactics);
  }

  private void readBuckets(String field, TextMeasures into) throws IOException, Rejection {
    if (!fields.opens(JsonToken.START_ARRAY, field, "an array of integers")) {
      return;
    }
    if (into.bucketCount() > 0) {
      throw new Rejection(Reason.DUPLICATE_FIELD, field, "expected once, found twice");
    }
    int least = 0;
    for (JsonToken token = fields.advance();
        token != JsonToken.END_ARRAY;
        token = fields.advance()) {
      double bucket = fields.currentNumber(token, field);
      if (!(bucket >= least && bucket < TextMeasures.BUCKETS && bucket == Math.rint(bucket))) {
        throw fields.invalid(
            field, "increasing integers from " + least + " to " + (TextMeasures.BUCKETS - 1));
      }
      if (into.bucketCount() == TextMeasures.BUCKETED_WORDS) {
        throw new Rejection(
            Reason.INVALID_VALUE,
            field,
            "expected at most " + TextMeasures.BUCKETED_WORDS + " buckets, found more");
      }
      into.addBucket((int) bucket);
      least = (int) bucket + 1;
    }
  }
}
