package io.inferwarden.app.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the API of a deployment is, and what lets one in. */
final class AlertsServer {
  private static final String TOKEN = "INFERWARDEN_TOKEN";

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:INFERWARDEN_URL:-http://127.0.0.1:9464}",
      description = "Where the deployment serves its operations (default: ${DEFAULT-VALUE}).")
  URI url = URI.create("http://127.0.0.1:9464");

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Holds the token; without it, INFERWARDEN_TOKEN of the environment.")
  @Nullable Path tokenFile;

  AlertsClient client() throws IOException {
    if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        || url.getHost() == null) {
      throw new IllegalArgumentException("--url must be such as http://127.0.0.1:9464, was " + url);
    }
    return new AlertsClient(url, token());
  }

  private Optional<String> token() throws IOException {
    Path file = tokenFile;
    String token =
        file == null ? System.getenv().getOrDefault(TOKEN, "") : Files.readString(file).strip();
    return Optional.of(token.strip()).filter(present -> !present.isEmpty());
  }
}
