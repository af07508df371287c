package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * What has to be learned before some signals can be read at all.
 *
 * @param inputWords how usual the words of input texts are; null when they are not watched
 * @param outputWords how usual the words of output texts are; null when they are not watched
 * @param embedding where the inputs' embeddings lie; null when they are not watched
 */
record LearnedTables(
    @Nullable WordTable inputWords,
    @Nullable WordTable outputWords,
    @Nullable EmbeddingSpace embedding) {
  static final String INPUT_WORDS = "input.text.words";
  static final String OUTPUT_WORDS = "output.text.words";

  static final LearnedTables NONE = new LearnedTables(null, null, null);

  /** The source of a signal that is one number of a table; null for other signals. */
  @Nullable SignalSource source(String signal) {
    if (signal.equals(INPUT_WORDS) && inputWords != null) {
      WordTable table = inputWords;
      return SignalSource.ofNumber(observation -> table.typicality(observation.inputText()));
    }
    if (signal.equals(OUTPUT_WORDS) && outputWords != null) {
      WordTable table = outputWords;
      return SignalSource.ofNumber(observation -> table.typicality(observation.outputText()));
    }
    return null;
  }

  /** What of an event has a signal that is no plain one. */
  static SignalScope scope(String signal) {
    return signal.equals(OUTPUT_WORDS) ? SignalScope.ANSWER : SignalScope.REQUEST;
  }

  void writeTo(StateWriter writer) {
    writer.writeBoolean(inputWords != null);
    if (inputWords != null) {
      inputWords.writeTo(writer);
    }
    writer.writeBoolean(outputWords != null);
    if (outputWords != null) {
      outputWords.writeTo(writer);
    }
    writer.writeBoolean(embedding != null);
    if (embedding != null) {
      embedding.writeTo(writer);
    }
  }

  static LearnedTables readFrom(StateReader reader) {
    WordTable inputWords = reader.readBoolean() ? WordTable.readFrom(reader) : null;
    WordTable outputWords = reader.readBoolean() ? WordTable.readFrom(reader) : null;
    EmbeddingSpace embedding = reader.readBoolean() ? EmbeddingSpace.readFrom(reader) : null;
    return new LearnedTables(inputWords, outputWords, embedding);
  }
}
