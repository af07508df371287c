package io.inferwarden.app.embedded;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;

/**
 * Drops what an embedded broker says although nothing is wrong: what its own channel to its own
 * controller has to say, such as a warning at every orderly stop, and the races of short
 * transactions, which clients settle by trying again. Warnings about a broker that cannot be
 * reached pass.
 */
public final class BrokerNoiseFilter extends Filter<ILoggingEvent> {
  @Override
  public FilterReply decide(ILoggingEvent event) {
    return isOwnChannel(event) || isTransactionRace(event) || isCreationRace(event)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }

  private static boolean isOwnChannel(ILoggingEvent event) {
    return event.getFormattedMessage().startsWith("[NodeToControllerChannelManager ");
  }

  /** The first clients of a new broker ask for its own topics at the same time; one is enough. */
  private static boolean isCreationRace(ILoggingEvent event) {
    String message = event.getFormattedMessage();
    return message.startsWith("Auto topic creation failed")
        && message.contains("TOPIC_ALREADY_EXISTS");
  }

  private static boolean isTransactionRace(ILoggingEvent event) {
    String message = event.getFormattedMessage();
    IThrowableProxy thrown = event.getThrowableProxy();
    boolean outOfOrder =
        thrown != null && thrown.getClassName().equals(OutOfOrderSequenceException.class.getName());
    boolean triedAgain =
        message.contains("retrying (")
            && (message.contains("CONCURRENT_TRANSACTIONS")
                || message.contains("OUT_OF_ORDER_SEQUENCE_NUMBER"));
    return triedAgain || (outOfOrder && message.contains("Error processing append operation"));
  }
}
