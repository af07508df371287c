package io.inferwarden.app.policy;

import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.app.policy.KindSettings.KindSetting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A policy's word on findings about principals, looked up by principal and kind. Immutable. */
final class Verdicts {
  private final Map<String, List<DeclaredPrincipal>> declared = new HashMap<>();
  private final KindSettings kinds;

  Verdicts(Policy policy) {
    kinds = policy.kinds();
    for (DeclaredPrincipal entry : policy.declared()) {
      declared.computeIfAbsent(entry.principal(), principal -> new ArrayList<>(1)).add(entry);
    }
  }

  Verdict on(String principal, IncidentKind kind, Severity severity, double level, long atMillis) {
    KindSetting setting = kinds.of(kind);
    if (!(level >= setting.requiredLevel())) {
      return Verdict.BELOW_WEIGHT;
    }
    List<DeclaredPrincipal> entries = declared.get(principal);
    if (entries != null) {
      for (DeclaredPrincipal entry : entries) {
        if (entry.explains(kind, atMillis)) {
          return Verdict.EXPLAINED_BY_ROLE;
        }
      }
    }
    return severity.compareTo(setting.minimalSeverity()) < 0
        ? Verdict.BELOW_SEVERITY
        : Verdict.RAISE;
  }
}
