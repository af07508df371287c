package io.inferwarden.alerting.sink.siem;

import io.inferwarden.alerting.Technique;

/**
 * A technique of MITRE ATLAS, whose ids say whether it is part of another: {@code AML.T0024.002} is
 * the second part of {@code AML.T0024}.
 *
 * @param id the technique's id, without that of a part
 * @param isSub whether it is a part of that technique
 */
record AtlasTechnique(String id, boolean isSub) {
  private static final String FRAMEWORK = "atlas";

  static boolean isAtlas(Technique technique) {
    return technique.framework().equals(FRAMEWORK);
  }

  static AtlasTechnique of(Technique technique) {
    String id = technique.id();
    int part = id.indexOf('.', id.indexOf('.') + 1);
    return part < 0
        ? new AtlasTechnique(id, false)
        : new AtlasTechnique(id.substring(0, part), true);
  }
}
