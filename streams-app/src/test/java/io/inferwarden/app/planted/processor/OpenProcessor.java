package io.inferwarden.app.planted.processor;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/** Planted: a processor that others could extend. */
public class OpenProcessor implements Processor<String, String, String, String> {
  @Override
  public void process(Record<String, String> record) {}
}
