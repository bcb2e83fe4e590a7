package io.millrace.jobs.extending;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.stats.StatsJob;
import io.millrace.jobs.stats.StatsParameters;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.FactsRequest;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Keys;
import io.millrace.pipeline.job.Location;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.List;

/** {@code docs/extending/job.md}, whose example is {@link StatsJob}. */
record JobGuide(Sources sources) implements Guide {
  private static final String ROOMS = "jobs/src/test/resources/io/millrace/jobs/rooms.txt";

  @Override
  public String page() {
    return "job";
  }

  @Override
  public List<Check> steps() {
    return List.of(
        JobGuide::room,
        JobGuide::keys,
        JobGuide::names,
        JobGuide::service,
        JobGuide::work,
        JobGuide::card,
        JobGuide::facts,
        this::tests);
  }

  private static void room() throws Exception {
    assertThat(Files.readAllLines(Sources.ROOT.resolve(ROOMS)))
        .anyMatch(line -> line.startsWith("jobs.stats: "));
  }

  private static void keys() {
    for (Job<?> job : JobCatalogue.installed().all()) {
      assertThat(job.parameters().getRecordComponents())
          .as(job.name())
          .allMatch(
              component ->
                  component.isAnnotationPresent(Key.class)
                      || component.isAnnotationPresent(Keys.class));
    }
    assertThat(StatsParameters.class.getRecordComponents())
        .filteredOn(component -> component.getType().equals(Location.class))
        .isNotEmpty()
        .allMatch(component -> !component.getAnnotation(Key.class).of().isEmpty());
  }

  private static void names() {
    for (Job<?> job : JobCatalogue.installed().all()) {
      assertThat(job.name()).matches("[a-z-]+");
      assertThat(job.version()).isPositive();
      assertThat(job.summary()).endsWith(".");
      assertThat(job.examples()).allMatch(it -> it.startsWith("millrace " + job.name() + " "));
      assertThat(job.makes()).isNotEmpty();
    }
  }

  private static void service() {
    assertThat(JobCatalogue.installed().named("stats")).get().isInstanceOf(StatsJob.class);
  }

  private static void work() {
    assertThat(JobResult.class.getRecordComponents())
        .extracting(RecordComponent::getName)
        .contains("digest");
  }

  private static void card() throws Exception {
    assertThat(StatsJob.class.getMethod("card", CardRequest.class).getDeclaringClass())
        .isEqualTo(StatsJob.class);
  }

  private static void facts() throws Exception {
    for (String method : List.of("facts", "contentsFile", "nextCommand")) {
      assertThat(Job.class.getMethods())
          .filteredOn(it -> it.getName().equals(method))
          .singleElement()
          .matches(Method::isDefault);
    }
    assertThat(StatsJob.class.getMethod("facts", FactsRequest.class).getDeclaringClass())
        .isEqualTo(StatsJob.class);
    for (Job<?> job : JobCatalogue.installed().all()) {
      assertThat(job.contentsFile().orElse("none.json")).as(job.name()).endsWith(".json");
    }
  }

  private void tests() throws Exception {
    assertThat(sources.text("StatsJobTest"))
        .contains(
            "JobRunner.run(",
            "new MadeDataset(",
            "sameBytesForAnyNumberOfTasks",
            "new StatsJob().version()");
  }
}
