package io.inferwarden.app.cluster;

import io.inferwarden.alerting.http.DestinationGuard;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.alerting.sink.JsonLinesSink;
import io.inferwarden.alerting.sink.chat.EmailSink;
import io.inferwarden.alerting.sink.chat.SlackSink;
import io.inferwarden.alerting.sink.chat.TeamsSink;
import io.inferwarden.alerting.sink.page.AlertmanagerSink;
import io.inferwarden.alerting.sink.page.PagerDutySink;
import io.inferwarden.alerting.sink.page.RoutingKey;
import io.inferwarden.alerting.sink.siem.AccessToken;
import io.inferwarden.alerting.sink.siem.ElasticsearchSink;
import io.inferwarden.alerting.sink.siem.OcsfFileSink;
import io.inferwarden.alerting.sink.siem.OcsfHttpSink;
import io.inferwarden.alerting.sink.siem.SplunkSink;
import io.inferwarden.alerting.sink.syslog.SyslogSink;
import io.inferwarden.alerting.sink.webhook.WebhookSecret;
import io.inferwarden.alerting.sink.webhook.WebhookSink;
import io.inferwarden.app.policy.AlertsConfig;
import io.inferwarden.app.policy.SecretSource;
import io.inferwarden.app.policy.SinkConfig;
import io.inferwarden.app.policy.SinkTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the sinks of a configuration, and reads their secrets. Every failure names the sink. */
public final class SinkFactory {
  private final AlertsConfig alerts;
  private final DestinationGuard guard;
  private final Map<String, Object> connection;
  private final Map<String, String> environment;
  private final InstantSource clock;

  /**
   * @param connection how to reach the platform's own cluster
   * @param environment the environment variables of the process
   */
  public SinkFactory(
      AlertsConfig alerts,
      Map<String, Object> connection,
      Map<String, String> environment,
      InstantSource clock) {
    this.alerts = alerts;
    this.guard = DestinationGuard.allowing(alerts.allow());
    this.connection = Map.copyOf(connection);
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  /**
   * The sink of a configuration.
   *
   * @throws IOException when a secret is missing or a file cannot be used
   */
  public IncidentSink of(SinkConfig config) throws IOException {
    try {
      return made(config.name(), config.target());
    } catch (IllegalArgumentException | IOException e) {
      throw new IOException("sink " + config.name() + ": " + e.getMessage(), e);
    }
  }

  private IncidentSink made(String name, SinkTarget target) throws IOException {
    if (target instanceof SinkTarget.Webhook webhook) {
      return webhook(name, webhook);
    }
    if (target instanceof SinkTarget.PagerDuty pagerDuty) {
      RoutingKey key = secret(pagerDuty.routingKey(), RoutingKey::parse);
      SinkTarget.Http http = pagerDuty.http();
      return new PagerDutySink(
          new PagerDutySink.Settings(name, url(http), key, http.timeout()), transport(http));
    }
    if (target instanceof SinkTarget.Alertmanager alertmanager) {
      return new AlertmanagerSink(
          alertmanager.settings(),
          transport(alertmanager.settings().timeout(), alertmanager.authorities()));
    }
    if (target instanceof SinkTarget.Slack slack) {
      SinkTarget.Http http = slack.http();
      return new SlackSink(
          new SlackSink.Settings(name, url(http), http.timeout(), linkBase()), transport(http));
    }
    if (target instanceof SinkTarget.Teams teams) {
      SinkTarget.Http http = teams.http();
      return new TeamsSink(
          new TeamsSink.Settings(name, url(http), http.timeout(), linkBase()), transport(http));
    }
    if (target instanceof SinkTarget.Email email) {
      return email(email);
    }
    return archive(name, target);
  }

  /** What security teams keep. */
  private IncidentSink archive(String name, SinkTarget target) throws IOException {
    if (target instanceof SinkTarget.OcsfFile file) {
      return new OcsfFileSink(new OcsfFileSink.Settings(name, file.file()));
    }
    if (target instanceof SinkTarget.OcsfHttp ocsf) {
      SinkTarget.Http http = ocsf.http();
      return new OcsfHttpSink(
          new OcsfHttpSink.Settings(name, url(http), token(ocsf.token()), http.timeout()),
          transport(http));
    }
    if (target instanceof SinkTarget.OcsfKafka kafka) {
      return TopicSink.open(kafka.settings(), connection);
    }
    if (target instanceof SinkTarget.Elasticsearch elastic) {
      SinkTarget.Http http = elastic.http();
      return new ElasticsearchSink(
          new ElasticsearchSink.Settings(
              name, url(http), elastic.stream(), token(elastic.apiKey()), http.timeout()),
          transport(http));
    }
    if (target instanceof SinkTarget.Splunk splunk) {
      return splunk(name, splunk);
    }
    if (target instanceof SinkTarget.Syslog syslog) {
      return new SyslogSink(syslog.settings(), guard);
    }
    if (target instanceof SinkTarget.JsonFile file) {
      return new JsonLinesSink(name, file.file());
    }
    throw new IllegalStateException("no sink is made for the type " + target.type());
  }

  private IncidentSink webhook(String name, SinkTarget.Webhook webhook) throws IOException {
    List<WebhookSecret> secrets = new ArrayList<>();
    secrets.add(secret(webhook.secret(), WebhookSecret::parse));
    if (webhook.previousSecret().isPresent()) {
      secrets.add(secret(webhook.previousSecret().get(), WebhookSecret::parse));
    }
    SinkTarget.Http http = webhook.http();
    return new WebhookSink(
        new WebhookSink.Settings(name, url(http), secrets, http.timeout()), transport(http));
  }

  private IncidentSink email(SinkTarget.Email email) throws IOException {
    EmailSink.Settings settings = email.settings();
    if (email.user().isPresent() && email.password().isPresent()) {
      String user = email.user().get();
      EmailSink.Credentials credentials =
          secret(email.password().get(), text -> new EmailSink.Credentials(user, text));
      settings =
          new EmailSink.Settings(
              settings.name(),
              settings.host(),
              settings.port(),
              settings.encryption(),
              settings.allowPlaintext(),
              credentials,
              settings.from(),
              settings.to(),
              settings.timeout(),
              settings.linkBase());
    }
    return new EmailSink(settings, guard, clock, email.authorities().orElse(null));
  }

  private IncidentSink splunk(String name, SinkTarget.Splunk splunk) throws IOException {
    SinkTarget.Http http = splunk.http();
    return new SplunkSink(
        new SplunkSink.Settings(
            name,
            url(http),
            secret(splunk.token(), AccessToken::parse),
            splunk.channel().orElse(null),
            splunk.index(),
            splunk.host(),
            splunk.sourcetype(),
            http.timeout()),
        transport(http));
  }

  private @Nullable URI linkBase() {
    return alerts.linkBase().orElse(null);
  }

  private URI url(SinkTarget.Http http) throws IOException {
    return http.url().read(environment);
  }

  private @Nullable AccessToken token(Optional<SecretSource> source) throws IOException {
    return source.isPresent() ? secret(source.get(), AccessToken::parse) : null;
  }

  private <T> T secret(SecretSource source, Function<String, T> parse) throws IOException {
    String text = source.read(environment);
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IOException("what " + source.inWords() + " holds: " + e.getMessage(), e);
    }
  }

  private HttpTransport transport(SinkTarget.Http http) {
    return transport(http.timeout(), http.authorities());
  }

  private HttpTransport transport(Duration timeout, Optional<Path> authorities) {
    return new HttpTransport(guard, timeout, clock, authorities.orElse(null));
  }
}
