package io.inferwarden.app.policy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The record of every inference.
 *
 * @param enabled whether it is kept
 * @param signingKey file of the key that signs checkpoints, made when missing; empty for one in the
 *     state folder
 * @param retention for how long records are kept
 */
public record AuditConfig(boolean enabled, Optional<Path> signingKey, Duration retention) {
  private static final AuditConfig DEFAULTS =
      new AuditConfig(true, Optional.empty(), Duration.ofDays(400));

  public AuditConfig {
    Rule.positiveDuration().require("audit.retention", retention);
  }

  /** Kept for 400 days, signed with a key of this deployment's own. */
  public static AuditConfig defaults() {
    return DEFAULTS;
  }
}
