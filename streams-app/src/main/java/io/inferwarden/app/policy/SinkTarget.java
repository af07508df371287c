package io.inferwarden.app.policy;

import io.inferwarden.alerting.sink.chat.EmailSink;
import io.inferwarden.alerting.sink.page.AlertmanagerSink;
import io.inferwarden.alerting.sink.siem.DataStream;
import io.inferwarden.alerting.sink.siem.OcsfKafkaSink;
import io.inferwarden.alerting.sink.syslog.SyslogSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** What a sink sends to, and in which form; secrets are named, not held. */
public sealed interface SinkTarget {
  /** The word of the configuration, such as {@code webhook}. */
  String type();

  /**
   * How a receiver is asked over HTTP.
   *
   * @param url its address
   * @param timeout for one attempt as a whole
   * @param authorities a PEM file of certificate authorities to trust beside those of the platform
   */
  record Http(AddressSource url, Duration timeout, Optional<Path> authorities) {}

  /**
   * Standard Webhooks.
   *
   * @param secret signs each message
   * @param previousSecret signs it as well, while secrets are rotated
   */
  record Webhook(Http http, SecretSource secret, Optional<SecretSource> previousSecret)
      implements SinkTarget {
    @Override
    public String type() {
      return "webhook";
    }
  }

  /** PagerDuty Events v2. */
  record PagerDuty(Http http, SecretSource routingKey) implements SinkTarget {
    @Override
    public String type() {
      return "pagerduty";
    }
  }

  /** Alertmanager, all replicas. */
  record Alertmanager(AlertmanagerSink.Settings settings, Optional<Path> authorities)
      implements SinkTarget {
    @Override
    public String type() {
      return "alertmanager";
    }
  }

  /** A channel of Slack. */
  record Slack(Http http) implements SinkTarget {
    @Override
    public String type() {
      return "slack";
    }
  }

  /** A channel of Microsoft Teams. */
  record Teams(Http http) implements SinkTarget {
    @Override
    public String type() {
      return "teams";
    }
  }

  /**
   * Mail.
   *
   * @param settings without the credentials
   * @param user with whom to log in; empty for a server that asks for nobody
   * @param password present when the user is
   * @param authorities a PEM file of further certificate authorities to trust
   */
  record Email(
      EmailSink.Settings settings,
      Optional<String> user,
      Optional<SecretSource> password,
      Optional<Path> authorities)
      implements SinkTarget {
    @Override
    public String type() {
      return "email";
    }
  }

  /** OCSF findings as lines of a file. */
  record OcsfFile(Path file) implements SinkTarget {
    @Override
    public String type() {
      return "ocsf-file";
    }
  }

  /** OCSF findings to an address. */
  record OcsfHttp(Http http, Optional<SecretSource> token) implements SinkTarget {
    @Override
    public String type() {
      return "ocsf-http";
    }
  }

  /** OCSF findings to a topic of the platform's own cluster. */
  record OcsfKafka(OcsfKafkaSink.Settings settings) implements SinkTarget {
    @Override
    public String type() {
      return "ocsf-kafka";
    }
  }

  /** ECS documents to Elasticsearch. */
  record Elasticsearch(Http http, DataStream stream, Optional<SecretSource> apiKey)
      implements SinkTarget {
    @Override
    public String type() {
      return "elasticsearch";
    }
  }

  /** Splunk's HTTP Event Collector. */
  record Splunk(
      Http http,
      SecretSource token,
      Optional<UUID> channel,
      String index,
      String host,
      String sourcetype)
      implements SinkTarget {
    @Override
    public String type() {
      return "splunk";
    }
  }

  /** CEF over syslog. */
  record Syslog(SyslogSink.Settings settings) implements SinkTarget {
    @Override
    public String type() {
      return "syslog";
    }
  }

  /** Incidents as lines of JSON. */
  record JsonFile(Path file) implements SinkTarget {
    @Override
    public String type() {
      return "file";
    }
  }
}
