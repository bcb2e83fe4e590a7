package io.millrace.jobs.cli;

import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Plot;
import io.millrace.jobs.terminal.Screen;
import io.millrace.jobs.train.TrainParameters;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.spec.WrittenChoice;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace schedule FILE}: the planned learning rate and momentum, without training. */
final class ScheduleCommand implements Command {
  private static final String SCHEDULE = "--schedule";
  private static final String STAGE = "--stage";
  private static final String STEPS = "--steps";
  private static final String USUAL_STEPS = "100";
  private static final int ROWS = 12;
  private static final int COLUMNS = 60;

  private final JobCatalogue jobs;

  ScheduleCommand(JobCatalogue jobs) {
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "schedule";
  }

  @Override
  public String summary() {
    return "Draw the learning rate and momentum that a training will have.";
  }

  @Override
  public CommandGroup group() {
    return CommandGroup.PIPELINES;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary()
                + " For every train stage of a pipeline file, or for a schedule that is written"
                + " here. Nothing is trained. With --json the schedule's values at equal distances:"
                + " epoch, lr and momentum at i/N of its length for i = 0 to N - 1; of a file, by"
                + " stage.",
            "millrace schedule conf/quickstart.conf",
            "millrace schedule --schedule '{ sgdr { cycles = 3, length = 1, multiplier = 2, lr ="
                + " 0.1 } }'",
            "millrace schedule --schedule '{ one-cycle { epochs = 5, lr = 0.2 } }' --steps 20"
                + " --json");
    PipelineOptions.addFileTo(spec, true);
    spec.addOption(
        Options.valued(SCHEDULE, "SCHEDULE", "A schedule as in a pipeline file, in place of one."));
    spec.addOption(Options.valued(STAGE, "STAGE", "Only this train stage of the file."));
    spec.addOption(
        Options.valued(
            STEPS, "N", "How many values --json prints (default: " + USUAL_STEPS + ")."));
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    boolean json = OutputMode.of(parsed).json();
    int steps = Options.count(parsed, STEPS, USUAL_STEPS, "values");
    if (parsed.hasMatchedOption(SCHEDULE)) {
      if (parsed.hasMatchedPositional(0) || parsed.hasMatchedOption(STAGE)) {
        throw Refusal.because(SCHEDULE, "takes the place of a pipeline file; give one of both");
      }
      String text = parsed.matchedOptionValue(SCHEDULE, "");
      Schedule schedule = WrittenChoice.read(Schedule.class, text, SCHEDULE);
      screen.out().print(json ? JsonText.pretty(values(schedule, steps)) : drawn(schedule));
      return Status.DONE;
    }
    if (!parsed.hasMatchedPositional(0)) {
      throw Refusal.because("FILE", "give a pipeline file, or " + SCHEDULE + " with a schedule");
    }
    Map<String, Schedule> all = new LinkedHashMap<>();
    TrainStages.of(PipelineOptions.pipeline(parsed, jobs), parsed.matchedOptionValue(STAGE, ""))
        .forEach(
            stage ->
                all.put(stage.name(), ((TrainParameters) stage.parameters()).plannedSchedule()));
    if (json) {
      Map<String, Object> byStage = new LinkedHashMap<>();
      all.forEach((stage, schedule) -> byStage.put(stage, values(schedule, steps)));
      screen.out().print(JsonText.pretty(byStage));
    } else {
      all.forEach((stage, schedule) -> screen.out().print(stage + ": " + drawn(schedule)));
    }
    return Status.DONE;
  }

  private static List<Map<String, Object>> values(Schedule schedule, int steps) {
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      double done = (double) i / steps;
      Hyper hyper = schedule.at(done);
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("epoch", done * schedule.epochs());
      value.put("lr", hyper.learningRate());
      value.put("momentum", hyper.momentum());
      values.add(value);
    }
    return values;
  }

  private static String drawn(Schedule schedule) {
    double[] epochs = new double[COLUMNS];
    double[] rates = new double[COLUMNS];
    double[] momenta = new double[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      double done = (double) i / (COLUMNS - 1);
      Hyper hyper = schedule.at(done);
      epochs[i] = done * schedule.epochs();
      rates[i] = hyper.learningRate();
      momenta[i] = hyper.momentum();
    }
    String head = "%s, %s epochs\n".formatted(schedule.name(), Amounts.figure(schedule.epochs()));
    String rate = new Plot("learning rate", "epochs", ROWS, COLUMNS).of(epochs, rates, false);
    boolean steady = schedule.lowestMomentum() == schedule.highestMomentum();
    String momentum =
        steady
            ? "momentum " + Amounts.figure(schedule.lowestMomentum()) + " throughout\n"
            : new Plot("momentum", "epochs", ROWS / 2, COLUMNS).of(epochs, momenta, false);
    return head + rate + momentum;
  }
}
