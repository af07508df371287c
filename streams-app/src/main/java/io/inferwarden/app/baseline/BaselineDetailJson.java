package io.inferwarden.app.baseline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.detectors.model.BlindnessCard;
import io.inferwarden.detectors.model.ShiftSight;
import io.inferwarden.detectors.model.SignalProfile;
import io.inferwarden.detectors.model.SignalSight;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Baselines as data. What would not be seen, and what is not known, is null. */
public final class BaselineDetailJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long HOUR_MILLIS = 3_600_000;

  private BaselineDetailJson() {}

  /**
   * One baseline: which it is, and in full when there is a detail.
   *
   * @param detail of this baseline
   */
  public static ObjectNode of(BaselineRecord baseline, Optional<BaselineDetail> detail) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("id", baseline.id());
    root.put("model", baseline.model());
    root.put("version", baseline.version());
    root.put("primary", baseline.primary());
    root.put("learnedFromMillis", baseline.learnedFromMillis());
    root.put("learnedUntilMillis", baseline.learnedUntilMillis());
    root.put("origin", baseline.origin());
    root.put("modelsKnown", baseline.modelsKnown());
    ArrayNode notes = root.putArray("notes");
    baseline.notes().forEach(notes::add);
    detail.ifPresent(known -> add(root, known));
    return root;
  }

  /** Several baselines, in short. */
  public static ArrayNode listOf(List<BaselineRecord> baselines) {
    ArrayNode list = MAPPER.createArrayNode();
    baselines.forEach(baseline -> list.add(of(baseline, Optional.empty())));
    return list;
  }

  private static void add(ObjectNode root, BaselineDetail detail) {
    BlindnessCard card = detail.card();
    ObjectNode budget = root.putObject("budget");
    budget.put("policy", detail.policy());
    budget.put("falseIncidentsPerWeek", detail.budget().falseIncidentsPerWeek());
    budget.put("modelShare", detail.budget().modelShare());
    budget.put("spendPerPane", card.spend());
    root.put("paneMillis", card.paneMillis());
    root.put("eventsPerPane", card.eventsPerPane());
    root.put("horizonMillis", card.horizonMillis());
    ArrayNode signals = root.putArray("signals");
    for (int i = 0; i < detail.signals().size(); i++) {
      ObjectNode signal = signals.addObject();
      addProfile(signal, detail.signals().get(i));
      addSight(signal, card.signals().get(i), card.paneMillis());
    }
  }

  private static void addProfile(ObjectNode node, SignalProfile signal) {
    node.put("name", signal.name());
    node.put("group", signal.group().name().toLowerCase(Locale.ROOT));
    node.put("number", signal.isNumber());
    node.put("seasonHours", signal.seasonHours());
    node.put("kappa", signal.kappa());
    node.put("locationSpread", signal.locationSpread());
    putKnown(node, "deviation", signal.deviation());
    node.put("learnedEvents", signal.learnedEvents());
    ArrayNode bins = node.putArray("bins");
    for (SignalProfile.Bin bin : signal.bins()) {
      bins.addObject().put("name", bin.name()).put("share", bin.share());
    }
  }

  private static void addSight(ObjectNode node, SignalSight sight, long paneMillis) {
    node.put("weight", sight.weight());
    node.put("blind", sight.isBlind());
    ArrayNode shifts = node.putArray("shifts");
    for (ShiftSight shift : sight.shifts()) {
      ObjectNode each = shifts.addObject();
      each.put("kind", shift.kind().name().toLowerCase(Locale.ROOT));
      ObjectNode smallest = each.putObject("smallestSeenWithin");
      putSmallest(smallest, "pane", shift.smallestWithin((double) paneMillis));
      putSmallest(smallest, "hour", shift.smallestWithin((double) HOUR_MILLIS));
      putSmallest(smallest, "day", shift.smallestWithin(24.0 * HOUR_MILLIS));
      putSmallest(smallest, "week", shift.smallestWithin(168.0 * HOUR_MILLIS));
      addDelays(each.putArray("delays"), shift.delays());
      addDelays(each.putArray("standard"), shift.standard());
    }
  }

  private static void addDelays(ArrayNode delays, List<ShiftSight.Delay> from) {
    for (ShiftSight.Delay delay : from) {
      ObjectNode each = delays.addObject().put("size", delay.size());
      putKnown(each, "medianMillis", delay.medianMillis());
    }
  }

  private static void putSmallest(ObjectNode node, String name, OptionalDouble size) {
    putKnown(node, name, size.orElse(Double.NaN));
  }

  private static void putKnown(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
