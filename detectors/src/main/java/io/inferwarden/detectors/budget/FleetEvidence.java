package io.inferwarden.detectors.budget;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The evidence that one cause, a signal such as {@code amount}, has moved in many models.
 *
 * <p>Null hypothesis: in no model has the signal moved. Let {@code C_m = w_m M_m} be what the
 * signal adds to the level of model {@code m}: {@code M_m} of {@link ShiryaevRoberts} with the
 * model's whole spend {@code s_m}, {@code w_m} the signal's weight in the model, {@code 1} in sum
 * over its signals. Then
 *
 * <pre>F = scale * sum_m min(C_m, 1),   scale = fleetShare / modelShare</pre>
 *
 * <p>alarms at 1. The sum of {@code F} over all causes grows in expectation by at most {@code scale
 * * sum_m s_m} in a pane, which is what {@link AlarmBudget#fleetPaneSpend} grants: the share of the
 * budget is kept for any number of causes and of models, whatever the dependence between them, and
 * though both change with time, since the scale does not. The cap, and evidence that is not told or
 * is forgotten, only lower {@code F}.
 *
 * <p>Restart: the models go on with their own evidence after the fleet has alarmed, so what counted
 * in an alarm is spent. It counts again only after {@link #remove}, when it has become negligible
 * or the model has restarted. Where models tell evidence from {@code k} panes of spend on, an alarm
 * may carry over at most {@code scale * k * sum_m s_m}; with {@code e} for that sum the fleet
 * raises at most {@code 1 / (1 - e)} times its share. With {@code k = 10}, hourly panes and a share
 * of one false incident in 20 weeks, {@code e} is 0.003.
 *
 * <p>One model alone adds at most {@code scale}, so that with the usual shares it takes ten. Larger
 * means more evidence. Cost: a pass over the models that have told of the cause. Mutable, not
 * thread-safe, deterministic: sums run in the order of names. The argument is that of {@link
 * ShiryaevRoberts}, after Shin, Ramdas and Rinaldo, arXiv:2203.03532; the cap and the spent marks
 * are additions.
 */
public final class FleetEvidence {
  private static final int VERSION = 1;

  /** What one model counts for at most: its own level of alarm. */
  private static final double LARGEST = 1;

  /** Models with less than this part of the leading one's evidence are not named. */
  private static final double NAMED_PART = .1;

  private record Told(double level, boolean spent) {}

  private final TreeMap<String, Told> models = new TreeMap<>();

  /**
   * Takes what a model has by now; marks of what is spent stay.
   *
   * @param model its name
   * @param level {@code C_m}, at least 0
   */
  public void tell(String model, double level) {
    if (!(level >= 0)) {
      throw new IllegalArgumentException("level must be >= 0, was " + level);
    }
    Told known = models.get(model);
    models.put(model, new Told(level, known != null && known.spent));
  }

  /** The model's evidence has become negligible or has restarted: what comes now counts. */
  public void remove(String model) {
    models.remove(model);
  }

  public boolean isEmpty() {
    return models.isEmpty();
  }

  /**
   * {@code F}, at least 0; 1 or more is an alarm.
   *
   * @param scale of the budget, {@link AlarmBudget#fleetScale}
   */
  public double level(double scale) {
    double sum = 0;
    for (Told told : models.values()) {
      sum += told.spent ? 0 : Math.min(told.level, LARGEST);
    }
    return scale * sum;
  }

  /** The model with the most evidence that counts, then those with at least a tenth of it. */
  public List<String> named() {
    double largest = 0;
    String leader = null;
    for (Map.Entry<String, Told> entry : models.entrySet()) {
      if (!entry.getValue().spent && entry.getValue().level > largest) {
        largest = entry.getValue().level;
        leader = entry.getKey();
      }
    }
    List<String> named = new ArrayList<>();
    if (leader != null) {
      named.add(leader);
    }
    for (Map.Entry<String, Told> entry : models.entrySet()) {
      Told told = entry.getValue();
      if (!told.spent && !entry.getKey().equals(leader) && told.level >= NAMED_PART * largest) {
        named.add(entry.getKey());
      }
    }
    return named;
  }

  /** After an alarm: what has counted counts no more. */
  public void restart() {
    models.replaceAll((model, told) -> new Told(told.level, true));
  }

  /** Writes the state; {@link #readFrom} continues it identically. */
  public void writeTo(StateWriter writer) {
    writer.writeByte(VERSION).writeInt(models.size());
    models.forEach(
        (model, told) ->
            writer.writeString(model).writeDouble(told.level).writeBoolean(told.spent));
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IllegalArgumentException when the bytes are of another version
   */
  public static FleetEvidence readFrom(StateReader reader) {
    int version = reader.readByte();
    if (version != VERSION) {
      throw new IllegalArgumentException("version must be " + VERSION + ", was " + version);
    }
    FleetEvidence evidence = new FleetEvidence();
    for (int left = reader.readInt(); left > 0; left--) {
      String model = reader.readString();
      evidence.models.put(model, new Told(reader.readDouble(), reader.readBoolean()));
    }
    return evidence;
  }
}
