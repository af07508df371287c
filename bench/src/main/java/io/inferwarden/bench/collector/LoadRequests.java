package io.inferwarden.bench.collector;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Whole requests of 500 lines, made beforehand so that sending costs little: only ids and times are
 * set before each. One for each sender.
 */
final class LoadRequests {
  static final int BATCH = 500;

  private static final int REQUESTS = 16;
  private static final int ID_DIGITS = 12;
  private static final int LINE_DIGITS = "-000".length();
  private static final int TIME_DIGITS = 13;
  private static final long SOME_TIME_MILLIS = 1_800_000_000_000L;
  private static final String BEFORE_ID = "load-";

  private final byte[][] requests = new byte[REQUESTS][];
  private final int[][] lineStarts = new int[REQUESTS][BATCH];
  private int next;

  LoadRequests(LoadLines lines, SplittableRandom random) {
    for (int i = 0; i < REQUESTS; i++) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int line = 0; line < BATCH; line++) {
        lineStarts[i][line] = body.size();
        body.writeBytes(
            lines.line(
                String.format(Locale.ROOT, "%s%012d-%03d", BEFORE_ID, 0, line),
                SOME_TIME_MILLIS,
                random));
        body.write('\n');
      }
      byte[] head =
          ("POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-ndjson\r\n"
                  + "Content-Length: "
                  + body.size()
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII);
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      request.writeBytes(head);
      request.writeBytes(body.toByteArray());
      requests[i] = request.toByteArray();
      for (int line = 0; line < BATCH; line++) {
        lineStarts[i][line] += head.length;
      }
    }
  }

  /** The next one, until the one after it is asked for. */
  byte[] next(long number, long timeMillis) {
    byte[] request = requests[next];
    for (int start : lineStarts[next]) {
      int id = start + LoadLines.BEFORE_ID + BEFORE_ID.length();
      digits(request, id, ID_DIGITS, number);
      digits(request, id + ID_DIGITS + LINE_DIGITS + LoadLines.ID_TO_TIME, TIME_DIGITS, timeMillis);
    }
    next = (next + 1) % REQUESTS;
    return request;
  }

  private static void digits(byte[] into, int offset, int count, long number) {
    long rest = number;
    for (int i = offset + count - 1; i >= offset; i--) {
      into[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
