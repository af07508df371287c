package io.inferwarden.alerting.sink.chat;

/** A story as a small HTML page without styles of its own, scripts or anything to fetch. */
final class IncidentHtml {
  private IncidentHtml() {}

  static String of(IncidentStory story) {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\"><body>\n<h3>");
    page.append(escaped(story.headline())).append("</h3>\n<table>\n");
    for (Fact fact : story.facts()) {
      page.append("<tr><th align=\"left\" valign=\"top\">").append(escaped(fact.name()));
      page.append("</th><td>").append(escaped(fact.value())).append("</td></tr>\n");
    }
    page.append("</table>\n");
    if (!story.reasons().isEmpty()) {
      page.append("<ul>\n");
      story
          .reasons()
          .forEach(reason -> page.append("<li>").append(escaped(reason)).append("</li>\n"));
      page.append("</ul>\n");
    }
    page.append("<p>").append(escaped(story.whatToDo())).append("</p>\n");
    page.append("<p>Runbook: ").append(escaped(story.runbook())).append("</p>\n");
    if (story.link() != null) {
      page.append("<p><a href=\"").append(escaped(story.link().toString()));
      page.append("\">Open the incident</a></p>\n");
    }
    return page.append("</body></html>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
