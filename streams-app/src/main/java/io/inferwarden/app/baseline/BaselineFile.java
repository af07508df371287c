package io.inferwarden.app.baseline;

import io.inferwarden.alerting.NewerFormatException;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Baselines in a file: to look at, to compare, to promote and to backtest with. */
public final class BaselineFile {
  private static final String MAGIC = "inferwarden-baselines-1";

  private BaselineFile() {}

  public static void write(Path file, List<BaselineRecord> baselines) throws IOException {
    StateWriter out = new StateWriter();
    out.writeString(MAGIC).writeInt(baselines.size());
    baselines.forEach(baseline -> out.writeBytes(baseline.toBytes()));
    Files.write(file, out.toBytes());
  }

  /** Reads a file that {@link #write} made; another one is an {@link IOException} that says so. */
  public static List<BaselineRecord> read(Path file) throws IOException {
    try {
      StateReader in = new StateReader(Files.readAllBytes(file));
      if (!MAGIC.equals(in.readString())) {
        throw new IOException(file + " is no file of baselines; make one with: baseline learn");
      }
      List<BaselineRecord> baselines = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        baselines.add(BaselineRecord.fromBytes(in.readBytes()));
      }
      return baselines;
    } catch (NewerFormatException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw new IOException(
          file + " is no file of baselines, or is damaged; make one with: baseline learn", e);
    }
  }
}
