package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The quickstart with either engine, each in a new workspace and a cold JVM. */
final class QuickstartTurns {
  static final String NAME = "quickstart";

  /** As in the file. */
  private static final int EPOCHS = 6;

  private static final double MOST = 0.5;
  private static final double LEAST_ACCURACY = 85;
  private static final double PERCENT = 100;

  private QuickstartTurns() {}

  static List<Figure> figures(Setting setting) throws IOException, InterruptedException {
    double[] accuracy = new double[setting.runs()];
    Turns turns =
        Turns.taken(
            setting,
            "s",
            run -> {
              RunOutput ours = quickstart(setting, "torch");
              accuracy[run] =
                  PERCENT * ((Number) ours.stage("test").metrics().get("accuracy")).doubleValue();
              return ours.stage("model").seconds();
            },
            run -> quickstart(setting, "dl4j").stage("model").seconds());
    return List.of(
        Figure.atMostOf(
            "the quickstart's train stage with engine = torch; reference: with dl4j",
            turns.ours(),
            turns.reference(),
            "s",
            MOST),
        Figure.atLeast(
            "accuracy of the quickstart with engine = torch",
            Turns.median(accuracy),
            "%",
            LEAST_ACCURACY));
  }

  private static RunOutput quickstart(Setting setting, String engine)
      throws IOException, InterruptedException {
    Path workspace = setting.scratch().resolve("quickstart");
    Child child =
        Child.run(
            "run the quickstart",
            setting.scratch(),
            Map.of(),
            List.of(
                setting.millrace().toString(),
                "run",
                setting.root().resolve("conf/quickstart.conf").toString(),
                "--json",
                "--set=workspace=" + workspace,
                "--set=params.epochs=" + setting.scaled(EPOCHS),
                "--set=stages.model.engine=" + engine));
    Scratch.remove(workspace);
    return RunOutput.of(child.output());
  }
}
