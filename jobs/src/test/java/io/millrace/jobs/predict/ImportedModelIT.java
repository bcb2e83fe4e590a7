package io.millrace.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.evaluate.EvaluateJob;
import io.millrace.jobs.importing.ImportJob;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.JobsByFlags;
import io.millrace.jobs.testing.RealData;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.store.Places;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Published weights give what PyTorch gives, on real pictures. Takes about two minutes: each engine
 * predicts 600 pictures of 224 pixels.
 */
class ImportedModelIT {
  private static final String LITE = "weights/efficientnet-lite0.pth";
  private static final int PICTURES = 20;
  private static final int CLASSES = 10;

  @TempDir private static Path folder;

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "torch"})
  void evaluatesEfficientNetAsPyTorchDoes(String engine) throws Exception {
    Path weights = RealData.path(LITE);
    String val = RealData.path("imagenet-mini/val").toString();
    String shards =
        Ingests.run(folder, "shards-" + engine, "source.format=folder", "source.path=" + val)
            .path();
    Path model = lite(weights, "as-is-" + engine, Map.of());
    JobResult result =
        jobs()
            .run(
                new EvaluateJob(),
                Map.of(
                    "shards",
                    shards,
                    "model",
                    model.toString(),
                    "portion",
                    "train",
                    "batch",
                    "16",
                    "engine",
                    engine),
                folder.resolve("evaluated-" + engine));
    assertThat((double) result.metrics().get("accuracy")).isEqualTo(308 / 400.0);
    assertThat((double) result.metrics().get("top5")).isEqualTo(374 / 400.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "torch"})
  void predictsPicturesOfAllSizesAsPyTorchDoes(String engine) throws Exception {
    Path weights = RealData.path(LITE);
    Path pictures = RealData.path("imagenet-mini/fullsize");
    List<String> known = synsets();
    Path model = lite(weights, "resized-" + engine, Map.of("resize", "256"));
    Path csv = predict(model, pictures, "full-" + engine + ".csv", engine, 5);
    int all = 0;
    int right = 0;
    int among = 0;
    for (Map.Entry<String, Map<String, String>> line : Csv.byId(csv).entrySet()) {
      String truth = line.getKey().substring(0, line.getKey().indexOf('/'));
      if (known.contains(truth)) {
        List<Object> top = Csv.top(line.getValue()).stream().map(it -> it.get("class")).toList();
        all++;
        right += top.get(0).equals(truth) ? 1 : 0;
        among += top.contains(truth) ? 1 : 0;
      }
    }
    // As torchvision's Resize(256) and CenterCrop(224) of Pillow's pictures, to the picture.
    assertThat(List.of(all, right, among)).containsExactly(198, 168, 194);
  }

  @Test
  void predictsAsTorchvisionsResNet() throws Exception {
    Path python = RealData.python("torch", "torchvision", "PIL");
    List<Path> chosen;
    try (Stream<Path> files = Files.walk(RealData.path("imagenet-mini/fullsize"))) {
      chosen =
          files.filter(it -> it.toString().endsWith(".JPEG")).sorted().limit(PICTURES).toList();
    }
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    for (Path picture : chosen) {
      Files.copy(picture, pictures.resolve(picture.getFileName()));
    }
    Path weights = folder.resolve("resnet18.pth");
    List<String> command =
        new ArrayList<>(List.of(python.toString(), script(), weights.toString()));
    command.add(Integer.toString(CLASSES));
    chosen.forEach(it -> command.add(it.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> wanted =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).isZero();

    Path names = folder.resolve("ten.txt");
    Files.write(names, IntStream.range(0, CLASSES).mapToObj(i -> "class " + i).toList());
    Path model = folder.resolve("resnet18");
    jobs()
        .run(
            new ImportJob(),
            Map.of(
                "weights", weights.toString(),
                "architecture", "resnet-18",
                "classes", names.toString(),
                "statistics", "imagenet",
                "input", "224",
                "resize", "256"),
            model);
    for (String engine : List.of("dl4j", "torch")) {
      Map<String, Map<String, String>> lines =
          Csv.byId(predict(model, pictures, "resnet-" + engine + ".csv", engine, CLASSES));
      for (int i = 0; i < PICTURES; i++) {
        String[] expected = wanted.get(i).split(" ", -1);
        for (Map<String, Object> one : Csv.top(lines.get(chosen.get(i).getFileName().toString()))) {
          int label = ((Number) one.get("label")).intValue();
          assertThat(((Number) one.get("probability")).doubleValue())
              .as("%s, %s, class %d", engine, chosen.get(i), label)
              .isCloseTo(Double.parseDouble(expected[label]), within(1e-4));
        }
      }
    }
  }

  private static Path lite(Path weights, String name, Map<String, String> more) throws Exception {
    Path names = folder.resolve("names.txt");
    Files.write(names, synsets());
    Map<String, String> flags = new HashMap<>(more);
    flags.put("weights", weights.toString());
    flags.put("architecture", "{ name = efficientnet-lite0 }");
    flags.put("classes", names.toString());
    flags.put("statistics", "{ mean = [0.4980392], std = [0.5019608] }");
    flags.put("input", "224");
    jobs().run(new ImportJob(), flags, folder.resolve(name));
    return folder.resolve(name);
  }

  private static List<String> synsets() throws IOException {
    return Files.readAllLines(RealData.path("imagenet-mini/LOC_synset_mapping.txt")).stream()
        .map(line -> line.substring(0, line.indexOf(' ')))
        .toList();
  }

  private static Path predict(Path model, Path pictures, String output, String engine, int top) {
    Model opened = Model.open(model.toUri()).on(Optional.of(engine));
    Map<String, String> settings = Map.of("spark.master", "local[2]");
    Path csv = folder.resolve(output);
    try (Destination destination = Destination.open(Places.uri(csv.toString()), true, settings)) {
      new Prediction(opened, Places.uri(pictures.toString()), top, 16)
          .into(destination, settings, JobContext.silent());
    }
    return csv;
  }

  private static JobsByFlags jobs() {
    return JobsByFlags.in(folder);
  }

  private static String script() throws Exception {
    return Path.of(ImportedModelIT.class.getResource("torchvision_resnet18.py").toURI()).toString();
  }
}
