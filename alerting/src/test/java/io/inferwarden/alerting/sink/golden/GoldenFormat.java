package io.inferwarden.alerting.sink.golden;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.http.DestinationGuard;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.alerting.sink.Json;
import io.inferwarden.alerting.sink.Receiver;
import io.inferwarden.alerting.sink.chat.EmailSink;
import io.inferwarden.alerting.sink.chat.SlackSink;
import io.inferwarden.alerting.sink.chat.TeamsSink;
import io.inferwarden.alerting.sink.page.AlertmanagerSink;
import io.inferwarden.alerting.sink.page.PagerDutySink;
import io.inferwarden.alerting.sink.page.RoutingKey;
import io.inferwarden.alerting.sink.siem.AccessToken;
import io.inferwarden.alerting.sink.siem.DataStream;
import io.inferwarden.alerting.sink.siem.ElasticsearchSink;
import io.inferwarden.alerting.sink.siem.OcsfHttpSink;
import io.inferwarden.alerting.sink.siem.SplunkSink;
import io.inferwarden.alerting.sink.syslog.SyslogSink;
import io.inferwarden.alerting.sink.webhook.WebhookSecret;
import io.inferwarden.alerting.sink.webhook.WebhookSink;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A format, and how an incident looks in it once a sink has sent it to a local server. */
enum GoldenFormat {
  WEBHOOK("webhook.json") {
    @Override
    String of(Notification notification) throws Exception {
      List<WebhookSecret> secrets =
          List.of(WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
      return posted(
          notification,
          (url, http) ->
              new WebhookSink(new WebhookSink.Settings("soc", url, secrets, TIMEOUT), http));
    }
  },
  ALERTMANAGER("alertmanager.json") {
    @Override
    String of(Notification notification) throws Exception {
      return posted(
          notification,
          (url, http) ->
              new AlertmanagerSink(
                  new AlertmanagerSink.Settings(
                      "soc",
                      List.of(url),
                      Map.of("environment", "production"),
                      AlertmanagerSink.Settings.DEFAULT_VALIDITY,
                      TIMEOUT),
                  http));
    }
  },
  PAGERDUTY("pagerduty.json") {
    @Override
    String of(Notification notification) throws Exception {
      RoutingKey key = RoutingKey.parse("0123456789abcdef0123456789abcdef");
      return posted(
          notification,
          (url, http) ->
              new PagerDutySink(new PagerDutySink.Settings("soc", url, key, TIMEOUT), http));
    }
  },
  SLACK("slack.json") {
    @Override
    String of(Notification notification) throws Exception {
      return posted(
          notification,
          (url, http) -> new SlackSink(new SlackSink.Settings("soc", url, TIMEOUT, LINKS), http));
    }
  },
  TEAMS("teams.json") {
    @Override
    String of(Notification notification) throws Exception {
      return posted(
          notification,
          (url, http) -> new TeamsSink(new TeamsSink.Settings("soc", url, TIMEOUT, LINKS), http));
    }
  },
  EMAIL("email.txt") {
    @Override
    String of(Notification notification) throws Exception {
      return mailed(notification);
    }
  },
  OCSF("ocsf.json") {
    @Override
    String of(Notification notification) throws Exception {
      return posted(
          notification,
          (url, http) ->
              new OcsfHttpSink(new OcsfHttpSink.Settings("soc", url, null, TIMEOUT), http));
    }
  },
  ECS("ecs.json") {
    @Override
    String of(Notification notification) throws Exception {
      return posted(
          notification,
          (url, http) ->
              new ElasticsearchSink(
                  new ElasticsearchSink.Settings("soc", url, DataStream.DEFAULT, null, TIMEOUT),
                  http));
    }
  },
  SYSLOG("syslog.txt") {
    /** The last field of CEF's header. */
    @Override
    String severity(Severity severity) {
      return switch (severity) {
        case INFO -> "|2|";
        case LOW -> "|4|";
        case MEDIUM -> "|6|";
        case HIGH -> "|8|";
        case CRITICAL -> "|10|";
      };
    }

    @Override
    String of(Notification notification) throws Exception {
      return logged(notification);
    }
  },
  SPLUNK("splunk.json") {
    @Override
    String of(Notification notification) throws Exception {
      AccessToken token = AccessToken.parse("00000000-0000-0000-0000-000000000000");
      return posted(
          notification,
          (url, http) ->
              new SplunkSink(
                  new SplunkSink.Settings(
                      "soc",
                      url,
                      token,
                      null,
                      "main",
                      "warden-1.example",
                      SplunkSink.Settings.DEFAULT_SOURCETYPE,
                      TIMEOUT),
                  http));
    }
  };

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final URI LINKS = URI.create("https://warden.example");
  private static final InstantSource CLOCK = () -> Instant.parse("2026-03-04T08:00:00Z");
  private static final DestinationGuard LOCAL = DestinationGuard.allowing(List.of("127.0.0.1"));

  /**
   * Keeps numbers as they were sent. Characters beyond ASCII are escaped in the files, since some
   * of them are traps for who reads them.
   */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private final String suffix;

  GoldenFormat(String suffix) {
    this.suffix = suffix;
  }

  /** The end of the file's name. */
  String suffix() {
    return suffix;
  }

  /** How the format writes a severity, in lower case. */
  String severity(Severity severity) {
    return severity.code();
  }

  /** Messages for people say less: of several techniques the first. */
  boolean isForPeople() {
    return this == SLACK || this == TEAMS || this == EMAIL;
  }

  /** All that a reader of a file sees, the escapes of the transport taken away. */
  String textOf(String file) throws Exception {
    if (this == EMAIL) {
      byte[] mail = file.getBytes(StandardCharsets.UTF_8);
      return textOf(new MimeMessage((Session) null, new ByteArrayInputStream(mail)));
    }
    return suffix.endsWith(".json") ? String.join("\n", valuesOf(JSON.readTree(file))) : file;
  }

  private static String textOf(Part part) throws Exception {
    if (!(part.getContent() instanceof Multipart parts)) {
      return String.valueOf(part.getContent());
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.getCount(); i++) {
      text.append(textOf(parts.getBodyPart(i)));
    }
    return text.toString();
  }

  private static List<String> valuesOf(JsonNode node) {
    if (node.isValueNode()) {
      return List.of(node.asText());
    }
    List<String> values = new ArrayList<>();
    node.forEach(child -> values.addAll(valuesOf(child)));
    return values;
  }

  /** What the sink sends; the same on every run. */
  abstract String of(Notification notification) throws Exception;

  private static String posted(
      Notification notification, BiFunction<URI, HttpTransport, IncidentSink> sinkOf)
      throws Exception {
    try (Receiver receiver = new Receiver(GoldenFormat::success);
        IncidentSink sink =
            sinkOf.apply(receiver.base(), new HttpTransport(LOCAL, TIMEOUT, CLOCK))) {
      sink.deliver(notification);
      List<String> documents = receiver.last().body().lines().toList();
      Json.parse(documents.get(documents.size() - 1));
      JsonNode document = JSON.readTree(documents.get(documents.size() - 1));
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
      printer.indentObjectsWith(indenter);
      printer.indentArraysWith(indenter);
      return JSON.writer(printer).writeValueAsString(document) + "\n";
    }
  }

  /** What a receiver of any of the formats says when all is well. */
  private static Receiver.Answer success(Receiver.Request request) {
    String path = request.target().getPath();
    if (path.endsWith("/_bulk")) {
      return Receiver.Answer.of(
          200, "{\"errors\":false,\"items\":[{\"create\":{\"status\":201}}]}");
    }
    if (path.endsWith("/services/collector/event")) {
      return Receiver.Answer.of(200, "{\"text\":\"Success\",\"code\":0}");
    }
    if (path.endsWith("/enqueue")) {
      return Receiver.Answer.of(202, "{\"status\":\"success\"}");
    }
    return Receiver.Answer.of(200, "ok");
  }

  /**
   * The mail as it is stored. A boundary between its parts is random, so it is given a name; the
   * date is in the machine's time zone, so it is shown in that of all.
   */
  private static String mailed(Notification notification) throws Exception {
    GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    server.start();
    EmailSink.Settings settings =
        new EmailSink.Settings(
            "soc",
            "127.0.0.1",
            server.getSmtp().getPort(),
            EmailSink.Encryption.NONE,
            true,
            null,
            "warden@example.com",
            List.of("soc@example.com"),
            TIMEOUT,
            LINKS);
    try (EmailSink sink = new EmailSink(settings, LOCAL, CLOCK, null)) {
      sink.deliver(notification);
      MimeMessage received = server.getReceivedMessages()[0];
      ByteArrayOutputStream mail = new ByteArrayOutputStream();
      received.writeTo(mail);
      String date =
          RFC_1123_DATE_TIME.format(received.getSentDate().toInstant().atOffset(ZoneOffset.UTC));
      return mail.toString(StandardCharsets.UTF_8)
          .replace("\r\n", "\n")
          .replaceAll("(?m)^(Return-Path|Received): .*\n([ \t].*\n)*", "")
          .replaceFirst("(?m)^Date: .*$", "Date: " + date)
          .replaceAll("----=_Part_[0-9_.]+", "BOUNDARY");
    } finally {
      server.stop();
    }
  }

  private static String logged(Notification notification) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SyslogSink sink =
            new SyslogSink(
                SyslogSink.Settings.tcp(
                    "soc", "127.0.0.1", server.getLocalPort(), "warden-1.example"),
                LOCAL)) {
      sink.deliver(notification);
      sink.close();
      return withoutFrame(server) + "\n";
    }
  }

  /** The message with a process id that is always the same. */
  private static String withoutFrame(ServerSocket server) throws IOException {
    try (Socket socket = server.accept()) {
      String frame = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String message = frame.substring(frame.indexOf(' ') + 1);
      return message.replaceFirst(" inferwarden \\d+ ", " inferwarden 4711 ");
    }
  }
}
