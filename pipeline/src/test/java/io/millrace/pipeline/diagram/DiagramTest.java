package io.millrace.pipeline.diagram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.history.RunHistory;
import io.millrace.pipeline.history.RunReading;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.run.PipelineFile;
import io.millrace.pipeline.run.TestJobs;
import io.millrace.pipeline.store.JsonText;
import io.millrace.testing.Needs;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagramTest {
  private static final Pattern NODE =
      Pattern.compile("  (s\\d+)\\[\"([^\"<>]*)<br/>([^\"<>]*)\"\\]");
  private static final Pattern EDGE =
      Pattern.compile("  (s\\d+) -->(?:\\|\"([^\"<>|]*)\"\\|)? (s\\d+)");
  private static final Pattern CLASS =
      Pattern.compile("  class(?:Def)? [a-z0-9,]+ (?:[a-z]+|fill:#\\w+,stroke:#\\w+,color:#\\w+)");
  private static final Pattern CODE = Pattern.compile("#(\\d+);");
  private static final List<String> ODD =
      List.of("end", "<script>alert(1)</script>", "数据 \"一\"", "a\\nb", "&lt; #35; %%{init}%%");

  @TempDir Path folder;
  private final JobCatalogue jobs = new TestJobs().catalogue();

  @Test
  void drawsPlanWithPlannedOutcomes() {
    PipelineFile file =
        new PipelineFile(folder)
            .stages(
                """
                data { job = write, text = d }
                test { job = write, text = t, inputs = ["@data"] }
                """);
    assertThat(Mermaid.text(Diagram.of(file.plan(jobs, Selection.ALL))))
        .isEqualTo(
            """
            flowchart LR
              s0["data<br/>write: run"]
              s1["test<br/>write: run"]
              s0 -->|"inputs#91;0#93;"| s1
              classDef running fill:#dceafb,stroke:#2563a8,color:#1b1b1b
              class s0,s1 running
            """);
  }

  @Test
  void drawsRunWithOutcomes() throws Exception {
    PipelineFile file =
        new PipelineFile(folder)
            .stages(
                """
                data { job = write, text = d }
                bad  { job = fail, input = "@data" }
                last { job = write, text = l, inputs = ["@bad", "@data"] }
                """);
    RunRecord run = RunHistory.at(file.run(jobs).runFolder());
    String mermaid = Mermaid.text(Diagram.of(run));
    assertThat(mermaid).contains("s0[\"data<br/>write: ran\"]", "class s1,s2 failed");
    assertThat(edges(mermaid))
        .containsExactly("data>bad input", "bad>last inputs[0]", "data>last inputs[1]");
  }

  @Test
  void escapesNamesInMermaid() throws Exception {
    Diagram diagram = Diagram.of(odd());
    String mermaid = Mermaid.text(diagram);
    List<String> names = new ArrayList<>();
    for (String line : mermaid.lines().skip(1).toList()) {
      Matcher node = NODE.matcher(line);
      if (node.matches()) {
        names.add(decoded(node.group(2)));
      } else {
        assertThat(line).matches(EDGE.pattern() + "|" + CLASS.pattern());
      }
    }
    assertThat(names).isEqualTo(ODD);
  }

  @Test
  void escapesNamesInDotForGraphviz() throws Exception {
    assertThat(graphviz(Dot.text(Diagram.of(odd()))))
        .isEqualTo(
            """
            node 0 end\\nwrite: waiting
            node 1 <script>alert(1)</script>\\nwrite: waiting
            node 2 数据 "一"\\nwrite: waiting
            node 3 a\\\\nb\\nwrite: waiting
            node 4 &amp;lt; #35; %%{init}%%\\nwrite: waiting
            edge 0 1 key
            edge 1 2 key
            edge 2 3 key
            edge 3 4 key
            """);
  }

  /** The nodes and edges with their labels, escapes as in the source. */
  private String graphviz(String text) throws Exception {
    Path dot = Path.of("/usr/bin/dot");
    Needs.that(Files.isExecutable(dot), "there is no " + dot + " (install graphviz)");
    Path given = Files.writeString(folder.resolve("given.dot"), text);
    Path read = folder.resolve("read.json");
    Process process =
        new ProcessBuilder(dot.toString(), "-Tdot_json", "-o", read.toString(), given.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
    Map<String, Object> json = JsonText.object(Files.readAllBytes(read));
    StringBuilder seen = new StringBuilder();
    for (Object node : (List<?>) json.get("objects")) {
      Map<?, ?> each = (Map<?, ?>) node;
      seen.append("node %s %s%n".formatted(each.get("_gvid"), each.get("label")));
    }
    for (Object edge : (List<?>) json.get("edges")) {
      Map<?, ?> each = (Map<?, ?>) edge;
      seen.append(
          "edge %s %s %s%n".formatted(each.get("tail"), each.get("head"), each.get("label")));
    }
    return seen.toString();
  }

  /** A run as a later version, or another's file, might have left it. */
  private static RunRecord odd() {
    List<Object> stages = new ArrayList<>();
    String before = "";
    for (String name : ODD) {
      stages.add(
          Map.of(
              "name",
              name,
              "job",
              "write",
              "reads",
              before.isEmpty() ? Map.of() : Map.of("key", before)));
      before = name;
    }
    Map<String, Object> plan =
        Map.of("pipeline", "p", "started", "2026-11-20T10:00:00Z", "stages", stages);
    return RunReading.of(URI.create("file:///w/runs/r"), plan, List.of(), "");
  }

  private static List<String> edges(String mermaid) {
    Map<String, String> names = new TreeMap<>();
    List<String> edges = new ArrayList<>();
    for (String line : mermaid.lines().toList()) {
      Matcher node = NODE.matcher(line);
      if (node.matches()) {
        names.put(node.group(1), decoded(node.group(2)));
      }
      Matcher edge = EDGE.matcher(line);
      if (edge.matches()) {
        edges.add(
            names.get(edge.group(1))
                + ">"
                + names.get(edge.group(3))
                + " "
                + decoded(edge.group(2)));
      }
    }
    return edges;
  }

  private static String decoded(String label) {
    return CODE.matcher(label)
        .replaceAll(
            code -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(code.group(1)))));
  }
}
