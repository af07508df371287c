package io.inferwarden.alerting.sink.siem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.IncidentKind;

/**
 * By what means a kind of incident is found, as the object {@code analytic} says it.
 *
 * @param typeId the id of the type
 * @param type the type in words
 * @param algorithm what decides; empty where no test does
 */
record OcsfAnalytic(int typeId, String type, String algorithm) {
  private static final String SUM_OF_E_VALUES = "Shiryaev-Roberts e-detector";

  static OcsfAnalytic of(IncidentKind kind) {
    return switch (kind) {
      case EXTRACTION,
          EVASION,
          INVERSION,
          MEMBERSHIP_PROBING,
          FUZZING,
          SCRIPTED_USE,
          DENIAL_OF_WALLET,
          INJECTION,
          PROMPT_EXTRACTION,
          DATA_EXTRACTION,
          DISTILLATION,
          STOLEN_KEY,
          ADOPTION ->
          new OcsfAnalytic(2, "Behavioral", SUM_OF_E_VALUES);
      case INPUT_DRIFT,
          MODEL_REPLACED,
          OUTPUT_SHIFT,
          SILENCE,
          REQUEST_SURGE,
          COMMON_CAUSE,
          DETECTOR_FLOODED ->
          statistical(SUM_OF_E_VALUES);
      case VERSION_CHANGED -> statistical("two-sample e-value");
      case SLOW_DRIFT -> statistical("population stability index");
      case PROMISE_SUSPENDED -> statistical("self-audit of the null");
      case BLIND, WATCHDOG, TEST, DIGEST, DELIVERY_FAILING -> new OcsfAnalytic(1, "Rule", "");
    };
  }

  void put(ObjectNode analytic, IncidentKind kind) {
    analytic.put("uid", kind.code()).put("name", kind.title());
    analytic.put("type_id", typeId).put("type", type);
    if (!algorithm.isEmpty()) {
      analytic.put("algorithm", algorithm);
    }
  }

  private static OcsfAnalytic statistical(String algorithm) {
    return new OcsfAnalytic(3, "Statistical", algorithm);
  }
}
