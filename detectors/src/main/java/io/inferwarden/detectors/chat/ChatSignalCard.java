package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/**
 * What a baseline knows of one signal.
 *
 * @param name the signal in plain words
 * @param bins number of bins
 * @param kinds Dirichlet-multinomials that the null is made of
 * @param kappa their mean concentration: small when honest principals differ much
 * @param principalsKept principals that the kinds explain
 * @param principals principals with enough events to be looked at
 * @param excess how well this signal alone keeps its promise
 */
public record ChatSignalCard(
    String name,
    int bins,
    int kinds,
    double kappa,
    int principalsKept,
    int principals,
    Excess excess) {
  public ChatSignalCard {
    if (bins < 1) {
      throw new IllegalArgumentException("bins must be >= 1, was " + bins);
    }
    if (kinds < 1) {
      throw new IllegalArgumentException("kinds must be >= 1, was " + kinds);
    }
    if (!(kappa > 0)) {
      throw new IllegalArgumentException("kappa must be > 0, was " + kappa);
    }
    if (principalsKept < 0 || principalsKept > principals) {
      throw new IllegalArgumentException(
          "principalsKept must be in [0, " + principals + "], was " + principalsKept);
    }
  }

  void writeTo(StateWriter out) {
    out.writeString(name).writeInt(bins).writeInt(kinds).writeDouble(kappa);
    out.writeInt(principalsKept).writeInt(principals);
    excess.writeTo(out);
  }

  static ChatSignalCard readFrom(StateReader in) {
    return new ChatSignalCard(
        in.readString(),
        in.readInt(),
        in.readInt(),
        in.readDouble(),
        in.readInt(),
        in.readInt(),
        Excess.readFrom(in));
  }
}
