package io.inferwarden.ingest.source.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.ingest.source.json.EventDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tensors of the Open Inference Protocol, flat or nested. Where all have the same first dimension
 * and their data fill it, that is the batch; otherwise all data are one row.
 */
final class Tensors {
  private final List<Tensor> tensors;
  private final int rows;

  /**
   * One tensor.
   *
   * @param datatype in upper case, such as {@code FP32} or {@code BYTES}
   */
  private record Tensor(String name, String datatype, List<JsonNode> data) {}

  /** The values of one row of a tensor. */
  record Row(String name, String datatype, List<JsonNode> data, int from, int size) {
    JsonNode get(int column) {
      return data.get(from + column);
    }

    List<JsonNode> toArray() {
      return data.subList(from, from + size);
    }

    boolean isInteger() {
      return datatype.startsWith("INT") || datatype.startsWith("UINT");
    }
  }

  /** Writes a row, tensor by tensor, into an event. */
  interface Filler {
    void fill(List<Row> row, EventDraft into);
  }

  private Tensors(List<Tensor> tensors, int rows) {
    this.tensors = tensors;
    this.rows = rows;
  }

  static Tensors of(JsonNode array) {
    List<Tensor> tensors = new ArrayList<>();
    long rows = -1;
    boolean isBatch = true;
    for (JsonNode tensor : array) {
      List<JsonNode> data = Flat.of(tensor.path("data"));
      long first = tensor.path("shape").path(0).asLong(1);
      isBatch &= first > 0 && (rows < 0 || rows == first) && data.size() % first == 0;
      rows = first;
      tensors.add(
          new Tensor(
              tensor.path("name").asText(""),
              tensor.path("datatype").asText("").toUpperCase(Locale.ROOT),
              data));
    }
    boolean isEmpty = tensors.stream().allMatch(tensor -> tensor.data().isEmpty());
    return new Tensors(tensors, isEmpty ? 0 : isBatch ? (int) rows : 1);
  }

  Rows rows(Filler filler) {
    return Rows.of(rows, (row, into) -> filler.fill(row(row), into));
  }

  private List<Row> row(int row) {
    List<Row> values = new ArrayList<>(tensors.size());
    for (Tensor tensor : tensors) {
      int size = tensor.data().size() / rows;
      if (size > 0) {
        values.add(new Row(tensor.name(), tensor.datatype(), tensor.data(), row * size, size));
      }
    }
    return values;
  }
}
