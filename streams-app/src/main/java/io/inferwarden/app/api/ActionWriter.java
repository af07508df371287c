package io.inferwarden.app.api;

import io.inferwarden.alerting.feed.IncidentAction;
import java.io.IOException;

/** Puts what people do to incidents into its topic. */
public interface ActionWriter {
  /**
   * Returns when the topic has it.
   *
   * @param subject of the incident, under which the topic keeps it
   */
  void write(String subject, IncidentAction action) throws IOException, InterruptedException;
}
