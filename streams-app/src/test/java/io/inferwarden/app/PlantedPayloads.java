package io.inferwarden.app;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Requests in every format, with a marked name or text in each field that can hold one, and some
 * that are refused.
 *
 * @param path of the collector
 * @param contentType of the body
 * @param headers further ones
 * @param body of the request
 * @param accepted how many events come of it
 */
record PlantedPayloads(
    String path, String contentType, Map<String, String> headers, String body, int accepted) {
  /** Nothing else has it, so what holds it has come through. */
  static final String MARK = "planted";

  private static final String JSON = "application/json";

  private static String now() {
    return Instant.ofEpochMilli(Clock.systemUTC().millis()).toString();
  }

  private static long millis() {
    return Clock.systemUTC().millis();
  }

  static List<PlantedPayloads> all() {
    return List.of(
        events(),
        refusedEvents(),
        otlpTraces(),
        otlpLogs(),
        kserve("request", "{\"instances\":[{\"text\":\"planted kserve question\"}]}", 0),
        kserve("response", "{\"predictions\":[\"planted kserve answer of a few words\"]}", 1),
        liteLlm(),
        envoy(),
        new PlantedPayloads(
            "/v1/deployments",
            JSON,
            Map.of(),
            "{\"model\":\"m\",\"version\":\"7\",\"by\":\"planted deployer\",\"at\":\"%s\",\"note\":\"planted note\"}"
                .formatted(now()),
            1),
        new PlantedPayloads(
            "/v1/feedback",
            JSON,
            Map.of(),
            """
            [{"id":"planted id of an event","verdict":"wrong","by":"planted judge","comment":"planted comment"},
             {"principal":"planted principal","model":"m","time":"%s","verdict":"correct"}]"""
                .formatted(now()),
            2));
  }

  private static PlantedPayloads events() {
    String lines =
        """
        {"time":"%1$s","model":"m","principal":"planted lines principal","org":"planted lines org","ip":"planted lines ip","network":"planted lines network","id":"planted lines id","input":{"text":"planted lines question, my mail is planted@example.com","fingerprint":"planted lines fingerprint"},"output":{"text":"planted lines answer"},"planted":"planted unknown field"}
        {"time":"%1$s","model":"kept","principal":"planted kept principal","input":{"text":"a kept question"},"output":{"text":"a kept answer"}}
        """;
    return new PlantedPayloads(
        "/v1/events", "application/x-ndjson", Map.of(), lines.formatted(now()), 2);
  }

  private static PlantedPayloads refusedEvents() {
    String lines =
        """
        {"time":"planted time","model":"m","principal":"planted refused principal"}
        {"time":"%1$s","model":"m","principal":"planted refused","operation":"planted operation"}
        {"time":"%1$s","model":"m","principal":"planted refused","input":{"text":["planted list"]}}
        {"time":"%1$s","model":"m","principal":"planted cut off","input":{"text":"planted
        planted, no JSON at all
        """;
    return new PlantedPayloads(
        "/v1/events", "application/x-ndjson", Map.of(), lines.formatted(now()), 0);
  }

  private static String attribute(String key, String value) {
    return "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}"
        .formatted(key, value.replace("\"", "\\\""));
  }

  private static String attributes() {
    return String.join(
        ",",
        attribute("gen_ai.operation.name", "chat"),
        attribute("gen_ai.request.model", "m"),
        attribute("enduser.id", "planted otlp user"),
        attribute("tenant.id", "planted otlp tenant"),
        attribute("client.address", "planted otlp address"),
        attribute("session.id", "planted otlp session"),
        attribute("user_agent.original", "planted otlp agent"),
        attribute(
            "gen_ai.input.messages",
            "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"planted otlp question\"}]}]"),
        attribute(
            "gen_ai.output.messages",
            "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"planted otlp answer\"}],\"finish_reason\":\"stop\"}]"),
        attribute("gen_ai.system_instructions", "planted otlp instructions"));
  }

  private static PlantedPayloads otlpTraces() {
    long nanos = millis() * 1_000_000;
    String body =
        """
        {"resourceSpans":[{"resource":{"attributes":[%s]},"scopeSpans":[{"spans":[
         {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"planted otlp span",
          "startTimeUnixNano":"%d","endTimeUnixNano":"%d","attributes":[%s]}]}]}]}"""
            .formatted(
                attribute("service.name", "planted otlp service"),
                nanos - 1_000_000,
                nanos,
                attributes());
    return new PlantedPayloads("/v1/traces", JSON, Map.of(), body, 1);
  }

  private static PlantedPayloads otlpLogs() {
    String body =
        """
        {"resourceLogs":[{"scopeLogs":[{"logRecords":[
         {"timeUnixNano":"%d","eventName":"gen_ai.client.inference.operation.details","body":{"stringValue":"planted otlp body"},
          "attributes":[%s]}]}]}]}"""
            .formatted(millis() * 1_000_000, attributes());
    return new PlantedPayloads("/v1/logs", JSON, Map.of(), body, 1);
  }

  private static PlantedPayloads kserve(String half, String body, int accepted) {
    return new PlantedPayloads(
        "/kserve",
        JSON,
        Map.of(
            "ce-specversion", "1.0",
            "ce-id", "planted kserve id",
            "ce-type", "org.kubeflow.serving.inference." + half,
            "ce-source", "http://localhost:9081/planted",
            "ce-time", now(),
            "ce-inferenceservicename", "m",
            "ce-namespace", "planted-namespace",
            "ce-metadata",
                "{\"X-Api-Key-Id\":[\"planted kserve key\"],\"X-Forwarded-For\":[\"planted kserve address\"],\"X-Tenant-Id\":[\"planted kserve tenant\"]}"),
        body,
        accepted);
  }

  private static PlantedPayloads liteLlm() {
    double seconds = millis() / 1000.0;
    String body =
        """
        {"id":"planted litellm id","call_type":"acompletion","status":"success","startTime":%f,"endTime":%f,
         "model":"gpt","model_group":"m","end_user":"planted litellm end user","requester_ip_address":"planted litellm address",
         "messages":[{"role":"system","content":"planted litellm system"},{"role":"user","content":"planted litellm question"}],
         "response":{"choices":[{"finish_reason":"stop","message":{"role":"assistant","content":"planted litellm answer"}}]},
         "request_tags":["planted litellm tag"],
         "metadata":{"user_api_key_hash":"planted litellm key","user_api_key_alias":"planted litellm alias",
                     "user_api_key_org_id":"planted litellm org","user_api_key_user_id":"planted litellm user"}}"""
            .formatted(seconds - 1, seconds);
    return new PlantedPayloads("/litellm", JSON, Map.of(), body, 1);
  }

  private static PlantedPayloads envoy() {
    String body =
        """
        {"start_time":"%s","duration":12,"response_code":200,"x-request-id":"planted envoy id",
         "x-forwarded-for":"planted envoy address","downstream_remote_address":"planted:51234",
         "x-envoy-origin-path":"/v1/chat/completions?planted=envoy","x-user-id":"planted envoy user",
         "x-tenant-id":"planted envoy tenant","user-agent":"planted envoy agent","genai_model_name":"m"}"""
            .formatted(now());
    return new PlantedPayloads("/envoy", JSON, Map.of(), body, 1);
  }
}
