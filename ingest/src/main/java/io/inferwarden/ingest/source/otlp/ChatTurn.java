package io.inferwarden.ingest.source.otlp;

/**
 * One message of a conversation. Its {@code toString} holds no text.
 *
 * @param role lower case; empty when not said
 * @param text what was said in words; empty for a call of a tool
 * @param finishReason why the model stopped; empty when not said
 */
record ChatTurn(String role, String text, String finishReason) {
  boolean isOfModel() {
    return role.equals("assistant") || role.equals("model") || role.equals("ai");
  }

  boolean isInstruction() {
    return role.equals("system") || role.equals("developer");
  }

  @Override
  public String toString() {
    return "ChatTurn[" + text.length() + " characters]";
  }
}
