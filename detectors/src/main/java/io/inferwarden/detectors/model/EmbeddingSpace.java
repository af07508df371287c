package io.inferwarden.detectors.model;

import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;

/**
 * Few numbers that stand for an embedding x of d coordinates: eight random projections {@code
 * sqrt(d/m) sum_j s_j x_i(j) / |x|} over m = min(d, 64) coordinates with random signs s, about
 * standard normal when the coordinates are alike; the cosine distance {@code 1 - x.c / (|x| |c|)}
 * to the centroid c of the learned directions, in [0, 2]; and the norm |x|, to four digits so that
 * rounding does not show. The zero vector has no direction: NaN.
 *
 * <p>Projections depend on d and a fixed seed alone. Li, Hastie and Church, "Very sparse random
 * projections", KDD 2006, doi:10.1145/1150402.1150436. Immutable.
 */
final class EmbeddingSpace {
  static final int PROJECTIONS = 8;
  static final int DISTANCE = PROJECTIONS;
  static final int NORM = PROJECTIONS + 1;
  static final int MEASURES = PROJECTIONS + 2;

  private static final int MOST_DIMENSIONS = 16_384;
  private static final int COORDINATES = 64;
  private static final long SEED = 0x5DEECE66DL;
  private static final double DIGITS = 1000;

  private final float[] centroid;
  private final double centroidNorm;
  private final int[][] coordinates;
  private final boolean[][] negative;

  /**
   * @param centroid of as many coordinates as the embeddings have; kept
   */
  EmbeddingSpace(float[] centroid) {
    int dimension = centroid.length;
    if (dimension < 1 || dimension > MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          "dimension must be in [1, " + MOST_DIMENSIONS + "], was " + dimension);
    }
    this.centroid = centroid;
    this.centroidNorm = norm(centroid);
    int used = Math.min(dimension, COORDINATES);
    this.coordinates = new int[PROJECTIONS][used];
    this.negative = new boolean[PROJECTIONS][used];
    for (int p = 0; p < PROJECTIONS; p++) {
      for (int j = 0; j < used; j++) {
        long draw = WordHash.mixed(SEED + (long) p * COORDINATES + j);
        coordinates[p][j] =
            dimension == used ? j : (int) Long.remainderUnsigned(draw >>> 1, dimension);
        negative[p][j] = (draw & 1) == 1;
      }
    }
  }

  static String signalName(int measure) {
    return switch (measure) {
      case DISTANCE -> "input.embedding.distance";
      case NORM -> "input.embedding.norm";
      default -> "input.embedding.projection." + (measure + 1);
    };
  }

  int dimension() {
    return centroid.length;
  }

  /**
   * Measures an embedding; all are NaN where there is none, or one of another dimension.
   *
   * @param scratch of at least {@link #dimension()}; overwritten
   * @param into of {@value #MEASURES}; overwritten
   */
  void measure(Observation observation, float[] scratch, double[] into) {
    if (observation.embeddingSize() != centroid.length) {
      Arrays.fill(into, Double.NaN);
      return;
    }
    observation.copyEmbedding(scratch);
    double squares = 0;
    double product = 0;
    for (int i = 0; i < centroid.length; i++) {
      squares += (double) scratch[i] * scratch[i];
      product += (double) scratch[i] * centroid[i];
    }
    double norm = Math.sqrt(squares);
    double scale = Math.sqrt((double) centroid.length / coordinates[0].length) / norm;
    for (int p = 0; p < PROJECTIONS; p++) {
      into[p] = norm > 0 ? projection(p, scratch) * scale : Double.NaN;
    }
    into[DISTANCE] =
        norm > 0 && centroidNorm > 0 ? 1 - product / (norm * centroidNorm) : Double.NaN;
    into[NORM] = rounded(norm);
  }

  private double projection(int p, float[] embedding) {
    double sum = 0;
    for (int j = 0; j < coordinates[p].length; j++) {
      float each = embedding[coordinates[p][j]];
      sum += negative[p][j] ? -each : each;
    }
    return sum;
  }

  private static double rounded(double norm) {
    if (norm == 0 || Double.isInfinite(norm)) {
      return norm;
    }
    double unit = Math.pow(10, Math.floor(Math.log10(norm))) / DIGITS;
    return Math.rint(norm / unit) * unit;
  }

  static double norm(float[] vector) {
    double squares = 0;
    for (float each : vector) {
      squares += (double) each * each;
    }
    return Math.sqrt(squares);
  }

  void writeTo(StateWriter writer) {
    writer.writeInt(centroid.length);
    for (float each : centroid) {
      writer.writeFloat(each);
    }
  }

  static EmbeddingSpace readFrom(StateReader reader) {
    int dimension = reader.readInt();
    if (dimension < 1 || dimension > MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          "dimension must be in [1, " + MOST_DIMENSIONS + "], was " + dimension);
    }
    float[] centroid = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      centroid[i] = reader.readFloat();
    }
    return new EmbeddingSpace(centroid);
  }
}
