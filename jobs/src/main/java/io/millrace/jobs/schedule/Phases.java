package io.millrace.jobs.schedule;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.util.List;

/** Parts of a training, one after the other (fast.ai's course of 2018, lesson 13). */
@Variant(
    value = "phases",
    summary = "Parts, each with its own epochs, learning rate, momentum and optimiser.",
    example =
        "schedule { phases = [{ epochs = 1, lr = 0.01 }, { epochs = 2, lr = [0.01, 0.001], decay = cosine }, { epochs = 0.5, lr = 0.001, decay = { polynomial = 0.9 } }] }")
public record Phases(@Key("the parts, at least one") List<SchedulePhase> phases)
    implements Schedule {
  /**
   * @throws IllegalArgumentException if there are none
   */
  public Phases {
    phases = List.copyOf(phases);
    if (phases.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot train without phases: give one at least, such as { epochs = 1, lr = 0.01 }");
    }
  }

  @Override
  public double epochs() {
    return phases.stream().mapToDouble(SchedulePhase::epochs).sum();
  }

  @Override
  public List<Segment> segments() {
    Segments segments = new Segments();
    phases.forEach(phase -> phase.addTo(segments));
    return segments.all();
  }

  @Override
  public String name() {
    return "phases";
  }

  @Override
  public String learningRateKey() {
    return name();
  }

  @Override
  public String momentumKey() {
    return name();
  }
}
