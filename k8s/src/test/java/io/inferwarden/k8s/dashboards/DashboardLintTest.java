package io.inferwarden.k8s.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class DashboardLintTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static final List<String> NAMES = DashboardFiles.NAMES;

  @ParameterizedTest
  @FieldSource("NAMES")
  void aPageKeepsTheRules(String name) throws Exception {
    assertThat(DashboardLint.findings(DashboardFiles.page(name))).isEmpty();
  }

  /**
   * Each line: where in the page, what is put there (nothing: it is removed), and what is found.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/templating/list/0 | label | \"Prometheus\" | template-datasource-rule",
        "/templating/list/1 | allValue | \".*\" | template-job-rule",
        "/templating/list/2 | multi | false | template-instance-rule",
        "/templating/list/3 | includeAll | false | template-model-rule",
        "/templating/list/1 | refresh | 1 | template-on-time-change-reload-rule",
        "/templating/list/1/query | query | \"up\" | template-label-promql-rule",
        "/templating/list/5 | name | \"nobody\" | template-unused",
        "/panels/1/datasource | uid | \"prometheus\" | panel-datasource-rule",
        "/panels/1 | description | \"\" | panel-title-description-rule",
        "/panels/1/fieldConfig/defaults | unit | \"furlongs\" | panel-units-rule",
        "/panels/1 | targets | [] | panel-no-targets-rule",
        "/panels/1/targets/0/datasource | uid | \"other\" | target-datasource-rule",
        "/panels/1/targets/0 | legendFormat | \"\" | target-legend",
        "/panels/1/targets/0 | expr | \"sum((inferwarden_ready)\" | target-promql-rule",
        "/panels/1/targets/0 | expr | `\"inferwarden_ready{instance=~\\\"$instance\\\"}\"` | target-job-rule",
        "/panels/1/targets/0 | expr | `\"inferwarden_ready{job=~\\\"$job\\\"}\"` | target-instance-rule",
        "/panels/1/targets/0 | expr | `\"rate(a_total{}[5m])\"` | target-rate-interval-rule",
        "/panels/1/targets/0 | expr | `\"sum(a_total{})\"` | target-counter-agg-rule",
        "/panels/1/targets/0 | expr | `\"max_over_time(a_total{}[5m])\"` | target-counter-agg-rule",
        " | editable | true | uneditable-dashboard-rule",
        " | id | 7 | provisioning-id",
        " | uid | \"x\" | provisioning-uid",
        " | __inputs | [] | provisioning-inputs",
        " | schemaVersion | 16 | provisioning-schema-version",
        " | graphTooltip | 0 | provisioning-tooltip",
        " | tags | [] | provisioning-tags",
        "/panels/1 | id | 1 | provisioning-panel-ids",
        "/panels/1/gridPos | x | 4 | grid",
        "/panels/1/gridPos | w | 25 | grid",
        "/panels/1/gridPos | w | 3 | grid"
      })
  void aPlantedFaultIsFound(String where, String field, String value, String rule)
      throws Exception {
    JsonNode page = DashboardFiles.page("operations.json");
    JsonNode place = page.at(where == null ? "" : where);

    ((ObjectNode) place).set(field, JSON.readTree(value));

    assertThat(DashboardLint.findings(page)).containsKey(rule);
  }

  @Test
  void aSecondDataSourceIsFound() throws Exception {
    JsonNode page = DashboardFiles.page("model.json");
    ArrayNode variables = (ArrayNode) page.at("/templating/list");

    variables.add(variables.get(0).deepCopy());

    assertThat(DashboardLint.findings(page)).containsKey("template-datasource-rule");
  }
}
