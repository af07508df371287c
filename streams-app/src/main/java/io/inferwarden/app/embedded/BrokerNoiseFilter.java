package io.inferwarden.app.embedded;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Drops what the embedded broker's own channel to its own controller has to say, such as a warning
 * at every orderly stop. The same class's warnings about a broker that cannot be reached pass.
 */
public final class BrokerNoiseFilter extends Filter<ILoggingEvent> {
  @Override
  public FilterReply decide(ILoggingEvent event) {
    return event.getFormattedMessage().startsWith("[NodeToControllerChannelManager ")
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
