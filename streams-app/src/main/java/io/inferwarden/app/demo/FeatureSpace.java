package io.inferwarden.app.demo;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * The features of a model and their units. A row holds the numbers in standard units first, then
 * the index of each category; {@link #snap} makes a row what a client can really send, so that
 * every answer is the answer to the event as published.
 */
record FeatureSpace(List<Numeric> numerics, List<Category> categories) {

  /** Standard units reach from minus to plus this far in what clients may send. */
  static final double REACH = 3;

  /**
   * A number; a logarithmic one is {@code exp(centre + spread z)}, another {@code centre + spread
   * z}.
   */
  record Numeric(String name, double centre, double spread, boolean logarithmic) {
    double published(double standard) {
      double value = centre + spread * standard;
      return Math.round((logarithmic ? Math.exp(value) : value) * 1000) / 1000.0;
    }

    double standard(double published) {
      double value = logarithmic ? Math.log(Math.max(published, 0.001)) : published;
      return (value - centre) / spread;
    }
  }

  /** A feature that is one of a few words. */
  record Category(String name, List<String> values) {}

  FeatureSpace {
    numerics = List.copyOf(numerics);
    categories = List.copyOf(categories);
  }

  int width() {
    return numerics.size() + categories.size();
  }

  /** The row after rounding to what an event carries. */
  double[] snap(double[] row) {
    double[] snapped = row.clone();
    for (int i = 0; i < numerics.size(); i++) {
      Numeric feature = numerics.get(i);
      snapped[i] = feature.standard(feature.published(row[i]));
    }
    return snapped;
  }

  /** Numbers as they are, each category as one input per value. */
  int inputs() {
    return numerics.size() + categories.stream().mapToInt(c -> c.values().size()).sum();
  }

  double[] encode(double[] row) {
    double[] encoded = new double[inputs()];
    int at = numerics.size();
    System.arraycopy(row, 0, encoded, 0, at);
    for (int i = 0; i < categories.size(); i++) {
      encoded[at + (int) row[numerics.size() + i]] = 1;
      at += categories.get(i).values().size();
    }
    return encoded;
  }

  void write(double[] row, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("features");
    for (int i = 0; i < numerics.size(); i++) {
      json.writeNumberField(numerics.get(i).name(), numerics.get(i).published(row[i]));
    }
    for (int i = 0; i < categories.size(); i++) {
      Category category = categories.get(i);
      json.writeStringField(category.name(), category.values().get((int) row[numerics.size() + i]));
    }
    json.writeEndObject();
  }
}
