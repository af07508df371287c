package io.inferwarden.app.baseline;

import io.inferwarden.detectors.chat.ChatBaseline;
import io.inferwarden.detectors.chat.ChatSignalCard;
import io.inferwarden.detectors.evidence.RateBaseline;
import io.inferwarden.detectors.model.ModelBaseline;
import io.inferwarden.detectors.principal.PrincipalBaseline;
import io.inferwarden.detectors.principal.SignalCard;
import io.inferwarden.detectors.state.StateReader;
import java.time.Instant;
import java.util.Locale;

/** What a baseline was learned from and what it can see, for people. */
public final class BaselineCard {
  private BaselineCard() {}

  /** One line: which baseline, of what, from when. */
  public static String headline(BaselineRecord baseline) {
    return baseline.id()
        + "  "
        + baseline.model()
        + (baseline.version().isEmpty() ? "" : " version " + baseline.version())
        + ", learned "
        + Instant.ofEpochMilli(baseline.learnedFromMillis())
        + " to "
        + Instant.ofEpochMilli(baseline.learnedUntilMillis())
        + " ("
        + baseline.origin()
        + ")";
  }

  /** The whole card, several lines. */
  public static String text(BaselineRecord baseline) {
    StringBuilder card = new StringBuilder(headline(baseline));
    addPrincipals(card, baseline);
    byte[] behaviour = baseline.behaviour();
    if (behaviour == null) {
      card.append("\n  inputs and outputs: blind");
    } else {
      ModelBaseline learned = ModelBaseline.readFrom(new StateReader(behaviour));
      card.append("\n  inputs and outputs, from ")
          .append(learned.sampledEvents())
          .append(" events: ")
          .append(String.join(", ", learned.signalNames()));
    }
    byte[] rate = baseline.rate();
    if (rate != null) {
      RateBaseline learned = RateBaseline.readFrom(new StateReader(rate));
      card.append(
          String.format(
              Locale.ROOT,
              "%n  requests a pane: %.1f at midnight, %.1f at noon (UTC)",
              learned.mean(0),
              learned.mean(12)));
    }
    baseline.notes().forEach(note -> card.append("\n  note: ").append(note));
    return card.toString();
  }

  private static void addPrincipals(StringBuilder card, BaselineRecord baseline) {
    byte[] principals = baseline.principals();
    byte[] conversations = baseline.conversations();
    if (principals == null && conversations == null) {
      card.append("\n  principals: blind")
          .append(baseline.primary() ? "" : " (the model's first baseline judges them)");
    }
    if (principals != null) {
      PrincipalBaseline learned = PrincipalBaseline.readFrom(new StateReader(principals));
      for (SignalCard signal : learned.signals()) {
        card.append(
            String.format(
                Locale.ROOT,
                "%n  principals, %s: %d bins, kappa %.0f, %d of %d principals kept",
                signal.name(),
                signal.bins(),
                signal.kappa(),
                signal.principalsKept(),
                signal.principals()));
      }
    }
    if (conversations != null) {
      ChatBaseline learned = ChatBaseline.readFrom(new StateReader(conversations));
      for (ChatSignalCard signal : learned.signals()) {
        card.append(
            String.format(
                Locale.ROOT,
                "%n  conversations, %s: %d bins, %d kinds, kappa %.0f, %d of %d principals kept",
                signal.name(),
                signal.bins(),
                signal.kinds(),
                signal.kappa(),
                signal.principalsKept(),
                signal.principals()));
      }
    }
  }
}
