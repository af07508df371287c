package io.inferwarden.ingest.collector;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** How a body is packed. */
enum ContentCoding {
  IDENTITY,
  GZIP,
  ZSTD;

  /** 8 MiB, as much as RFC 9659 lets senders of HTTP ask for. */
  private static final int ZSTD_WINDOW_LOG = 23;

  private static final int STEP_BYTES = 16 << 10;

  /** Bytes that any body may unpack to, however well it was packed. */
  private static final int HARMLESS_BYTES = 1 << 20;

  /** The coding that a header names; null when there is none of that name. */
  static @Nullable ContentCoding named(@Nullable String header) {
    String name = header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
    return switch (name) {
      case "", "identity" -> IDENTITY;
      case "gzip", "x-gzip" -> GZIP;
      case "zstd" -> ZSTD;
      default -> null;
    };
  }

  /** Unpacks a body that is in memory. */
  byte[] decode(byte[] body, MemoryBudget.Share memory, CollectorSettings.Limits limits)
      throws RefusedBody {
    if (this == IDENTITY) {
      return body;
    }
    long mostByRatio = Math.max(HARMLESS_BYTES, (long) body.length * limits.compressionRatio());
    GrowingBytes decoded = new GrowingBytes(memory, limits.decompressedBytes());
    byte[] step = new byte[STEP_BYTES];
    try (InputStream in = open(body)) {
      for (int count = in.read(step); count >= 0; count = in.read(step)) {
        decoded.add(step, count);
        if (decoded.size() > mostByRatio) {
          throw new RefusedBody(
              413,
              "too_well_compressed",
              "expected at most "
                  + limits.compressionRatio()
                  + " bytes from each compressed byte, found more");
        }
      }
    } catch (IOException corrupt) {
      throw new RefusedBody(
          400,
          "corrupt_encoding",
          "expected a body in " + name().toLowerCase(Locale.ROOT) + why(corrupt));
    }
    return decoded.toArray();
  }

  private InputStream open(byte[] body) throws IOException {
    InputStream in = new ByteArrayInputStream(body);
    return this == GZIP
        ? new GZIPInputStream(in, STEP_BYTES)
        : new ZstdInputStreamNoFinalizer(in).setLongMax(ZSTD_WINDOW_LOG);
  }

  private static String why(IOException corrupt) {
    return corrupt instanceof ZstdIOException
        ? " with a window of at most 8 MiB, found " + corrupt.getMessage()
        : ", found something else or not all of it";
  }
}
