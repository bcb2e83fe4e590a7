package io.millrace.bench;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The quickstart again, when nothing has changed. */
final class SkipBenchmark implements Benchmark {
  private static final double TARGET = 2;

  @Override
  public String name() {
    return "skip";
  }

  @Override
  public String summary() {
    return "the unchanged quickstart run again: planning alone, no stage runs";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    setting.say().accept("running the quickstart once, so that there is something to skip");
    quickstart(setting);
    double[] seconds = new double[setting.runs()];
    for (int run = 0; run < seconds.length; run++) {
      Child again = quickstart(setting);
      checkSkipped(again.output());
      seconds[run] = again.seconds();
      setting.say().accept("run %d of %d: %.2f s".formatted(run + 1, seconds.length, seconds[run]));
    }
    return List.of(
        Figure.atMost("unchanged local pipeline, run again", Turns.median(seconds), "s", TARGET));
  }

  private static Child quickstart(Setting setting) throws IOException, InterruptedException {
    Path pipeline = setting.root().resolve("conf/quickstart.conf");
    return Child.run(
        "run the quickstart",
        setting.scratch(),
        Map.of(),
        List.of(
            setting.millrace().toString(),
            "run",
            pipeline.toString(),
            "--json",
            "--set=params.epochs=1",
            "--set=workspace=" + setting.scratch().resolve("workspace")));
  }

  private static void checkSkipped(String json) throws IOException {
    List<String> ran = new ArrayList<>();
    for (RunOutput.Stage stage : RunOutput.of(json).stages()) {
      if (!stage.isSkipped()) {
        ran.add(stage.name());
      }
    }
    if (!ran.isEmpty()) {
      throw new CannotException(
          "time an unchanged run", "these stages ran again: " + String.join(", ", ran));
    }
  }
}
