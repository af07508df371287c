package io.inferwarden.ingest.collector;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.ingest.door.Client;
import org.jspecify.annotations.Nullable;

/** Reads a deployment v1: a version of a model began to serve. */
final class DeploymentFormat implements CompanionIntake.Format {
  private final String topic;
  private final CompanionNames names;
  private final ObjectMapper mapper;

  DeploymentFormat(String topic, CompanionNames names, ObjectMapper mapper) {
    this.topic = topic;
    this.names = names;
    this.mapper = mapper;
  }

  @Override
  public Companion read(CompanionFields fields, Client client, long nowMillis)
      throws RejectedCompanion {
    String model = fields.required("model");
    AllowedModels.check(client, model);
    ObjectNode deployment = mapper.createObjectNode();
    deployment.put("model", model);
    String version = fields.required("version");
    deployment.put("version", version);
    String digest = fields.optional("digest", CompanionFields.IDENTIFIER);
    CompanionJson.put(deployment, "digest", digest);
    CompanionJson.put(
        deployment, "environment", fields.optional("environment", CompanionFields.IDENTIFIER));
    String by = fields.optional("by", CompanionFields.IDENTIFIER);
    CompanionJson.put(deployment, "by", by == null ? null : names.pseudonym(client, by, nowMillis));
    deployment.put("at", fields.requiredTime("at", nowMillis));
    CompanionJson.putOrigin(deployment, client, nowMillis);
    return new Companion(
        topic, key(model, version, digest), CompanionJson.bytes(mapper, deployment));
  }

  /** Each release has a key of its own, so that the compacted topic keeps all of them. */
  private static String key(String model, String version, @Nullable String digest) {
    return model + '\u001f' + version + '\u001f' + (digest == null ? "" : digest);
  }
}
