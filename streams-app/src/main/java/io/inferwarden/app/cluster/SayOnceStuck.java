package io.inferwarden.app.cluster;

import io.inferwarden.app.health.HealthReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that only a restart helps, once each time that it comes to that: where nobody asks {@code
 * /healthz}, nobody else would say it.
 */
final class SayOnceStuck {
  private static final Logger LOG = LoggerFactory.getLogger(SayOnceStuck.class);

  private boolean isSaid;

  void look(HealthReport report) {
    if (!report.isAlive() && !isSaid) {
      LOG.error("Only a restart helps: {}", report.why().orElse(report.state()));
    }
    isSaid = !report.isAlive();
  }
}
