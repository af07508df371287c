package io.inferwarden.ingest.collector;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.ingest.door.Client;

/** Reads a deployment v1: a version of a model began to serve. */
final class DeploymentFormat implements CompanionIntake.Format {
  private static final int NOTE = 1024;

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
    deployment.put("version", fields.required("version"));
    CompanionJson.put(deployment, "digest", fields.optional("digest", CompanionFields.IDENTIFIER));
    CompanionJson.put(
        deployment, "environment", fields.optional("environment", CompanionFields.IDENTIFIER));
    String by = fields.optional("by", CompanionFields.IDENTIFIER);
    CompanionJson.put(deployment, "by", by == null ? null : names.pseudonym(client, by));
    deployment.put("at", fields.requiredTime("at", nowMillis));
    CompanionJson.put(deployment, "note", fields.optional("note", NOTE));
    CompanionJson.putOrigin(deployment, client, nowMillis);
    return new Companion(topic, model, CompanionJson.bytes(mapper, deployment));
  }
}
