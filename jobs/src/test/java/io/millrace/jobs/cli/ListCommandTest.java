package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.ingest.IngestJob;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.train.TrainJob;
import io.millrace.jobs.train.TrainParameters;
import io.millrace.jobs.transform.Transform;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.Variant;
import io.millrace.pipeline.spec.FlagReader;
import io.millrace.pipeline.spec.Variants;
import io.millrace.pipeline.store.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code millrace list}, and that its examples are what the pipeline file takes. */
class ListCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  static Stream<Variant> architectures() {
    return Variants.of(Architecture.class).stream();
  }

  static Stream<Variant> sources() {
    return Variants.of(Source.class).stream();
  }

  @Test
  void listsEverythingWithSummaryAndExample() {
    assertThat(tell("list")).isZero();
    String text = out.toString(UTF_8);
    assertThat(text.lines()).contains("jobs", "architectures", "sources", "transforms");
    JobCatalogue.installed()
        .all()
        .forEach(job -> assertThat(text).contains(job.summary(), job.examples().get(0)));
    Stream.of(architectures(), sources(), Variants.of(Transform.class).stream())
        .flatMap(it -> it)
        .forEach(it -> assertThat(text).contains(it.value() + " ", it.summary(), it.example()));
  }

  @Test
  void listsOneKindAlone() throws Exception {
    assertThat(tell("list", "architectures", "--json")).isZero();
    Map<String, Object> json = JsonText.object(out.toByteArray());
    assertThat(json).containsOnlyKeys("architectures");
    assertThat((List<?>) json.get("architectures")).hasSize(25);
  }

  @Test
  void printsReferenceAsOneJsonObject() throws Exception {
    assertThat(tell("list", "reference", "--json")).isZero();
    Map<String, Object> json = JsonText.object(out.toByteArray());
    assertThat(json).containsOnlyKeys("reference");
    assertThat((String) json.get("reference")).startsWith("# Reference\n").contains("`--lr`");
  }

  @Test
  void suggestsNearestKind() {
    assertThat(tell("list", "job")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains(
            "Cannot list 'job'; did you mean 'jobs'?",
            "architectures, engines, jobs, reference, sources, transforms");
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void examplesOfArchitecturesBuildNetworks(Variant variant, @TempDir Path there) {
    TrainParameters parameters =
        (TrainParameters)
            FlagReader.read(
                    new TrainJob(),
                    Map.of(
                        "shards", there.toString(),
                        "stats", there.toString(),
                        "schedule", "{ constant { epochs = 1, lr = 0.1 } }",
                        "architecture", value(variant, "architecture")))
                .parameters();
    assertThat(parameters.architecture().getClass().getAnnotation(Variant.class))
        .isEqualTo(variant);
    assertThat(parameters.architecture().blueprint(3, 80, 80, 10).weightCount()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("sources")
  void examplesOfSourcesLackTheirFilesOnly(Variant variant) {
    Map<String, String> flags = Map.of("source", value(variant, "source"));
    if (variant.value().equals("synthetic")) {
      FlagReader.read(new IngestJob(), flags);
      return;
    }
    ConfigurationException problems =
        catchThrowableOfType(
            ConfigurationException.class, () -> FlagReader.read(new IngestJob(), flags));
    assertThat(problems.problems()).allMatch(it -> it.message().contains("is not there"));
  }

  private static String value(Variant variant, String key) {
    assertThat(variant.example()).startsWith(key + " {").contains(variant.value());
    return variant.example().substring(key.length()).strip();
  }

  private int tell(String... words) {
    return CommandLineDoor.open(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(words);
  }
}
