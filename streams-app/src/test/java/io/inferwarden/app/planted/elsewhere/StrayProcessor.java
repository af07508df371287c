package io.inferwarden.app.planted.elsewhere;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/** Planted: a processor outside its package. */
final class StrayProcessor implements Processor<String, String, String, String> {
  @Override
  public void process(Record<String, String> record) {}
}
