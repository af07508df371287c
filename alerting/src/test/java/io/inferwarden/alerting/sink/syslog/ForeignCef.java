package io.inferwarden.alerting.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fluenda.parcefone.event.CEFHandlingException;
import com.fluenda.parcefone.event.CommonEvent;
import com.fluenda.parcefone.parser.CEFParser;
import jakarta.validation.constraints.Size;
import java.lang.reflect.Field;
import java.util.Map;

/**
 * Reads CEF with ParCEFone, which knows the type of each field of the dictionary, and holds values
 * to the lengths that ParCEFone declares. It leaves escapes in the values as they are.
 */
final class ForeignCef {
  private final CommonEvent event;

  /** Fails when a value has the wrong type or is longer than its field. */
  ForeignCef(String line) {
    this.event = new CEFParser().parse(line, false);
    assertThat(event).as(line).isNotNull();
    for (Field field : event.getClass().getDeclaredFields()) {
      Size size = field.getAnnotation(Size.class);
      if (size != null && valueOf(field) instanceof String text) {
        assertThat(text).as(field.getName()).hasSizeLessThanOrEqualTo(size.max());
      }
    }
  }

  Map<String, Object> header() {
    try {
      return event.getHeader();
    } catch (CEFHandlingException e) {
      throw new AssertionError(e);
    }
  }

  /** The fields that are there. */
  Map<String, Object> extension() {
    try {
      return event.getExtension(true, true);
    } catch (CEFHandlingException e) {
      throw new AssertionError(e);
    }
  }

  private Object valueOf(Field field) {
    try {
      field.setAccessible(true);
      return field.get(event);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
