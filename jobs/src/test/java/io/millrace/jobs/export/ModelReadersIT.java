package io.millrace.jobs.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.docs.CodeBlock;
import io.millrace.jobs.docs.MarkdownPage;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.feed.Stack;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.codec.Encoder;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.model.ModelFiles;
import io.millrace.jobs.model.Origin;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.Launched;
import io.millrace.jobs.testing.Launched.Ended;
import io.millrace.jobs.testing.RandomWeights;
import io.millrace.jobs.testing.RealData;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.spec.FullForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Python's libraries compute from exported files what the model does, by the programs that the page
 * shows. Skipped without {@code MILLRACE_PYTHON}.
 */
class ModelReadersIT {
  private static final InputShape SHAPE = new InputShape(3, 64, 64);
  private static final List<String> CLASSES = List.of("a: b", "猫", "\"c\"", "d");

  @TempDir static Path temp;
  private static Model model;
  private static String expectedClass;
  private static float expected;

  @BeforeAll
  static void makeModel() throws IOException {
    Architecture architecture = FullForm.read(Architecture.class, "{\"name\": \"resnet-18\"}");
    State weights = RandomWeights.of(architecture.blueprint(3, 64, 64, CLASSES.size()), 1);
    Path folder = Files.createDirectory(temp.resolve("model"));
    JobFiles files = JobFiles.in(folder.toUri());
    String digest = ModelFiles.writeWeights(files, weights);
    model =
        new Model(
            folder.toUri(),
            digest,
            architecture,
            "torch",
            SHAPE,
            CLASSES,
            List.of(0.485, 0.456, 0.406),
            List.of(0.229, 0.224, 0.225),
            new Origin("", "", 0, 0));
    ModelFiles.writeModel(files, model, Map.of(), Map.of());
    byte[] pixels = new byte[SHAPE.size()];
    new Random(1).nextBytes(pixels);
    Image picture = new Image(3, SHAPE.height(), SHAPE.width(), pixels);
    Files.write(temp.resolve("picture.png"), Encoder.png(picture));
    try (Network network = model.network(1);
        Stack stack = new Stack(SHAPE, model.normaliser(), 1)) {
      stack.add("picture", picture);
      float[] probabilities = network.predict(stack.minibatch(), model.loss());
      for (int i = 0; i < probabilities.length; i++) {
        if (probabilities[i] > expected) {
          expected = probabilities[i];
          expectedClass = CLASSES.get(i);
        }
      }
    }
  }

  @Test
  void onnxRuntimeReadsTheOnnxFile() throws Exception {
    Path python = RealData.ownPython("onnxruntime", "numpy", "PIL");
    Path folder = exported(ModelForm.ONNX);
    assertSame(run(python, 0, folder.resolve(ModelForm.ONNX.file())));
  }

  @Test
  void torchvisionLoadsTheSafetensorsFile() throws Exception {
    Path python = RealData.ownPython("torchvision", "safetensors", "PIL");
    assertSame(run(python, 1, exported(ModelForm.SAFETENSORS)));
  }

  private static Path exported(ModelForm form) throws IOException {
    Path folder = temp.resolve(form.text());
    new ModelExport(model, form, Optional.empty()).into(folder, JobContext.silent());
    return folder;
  }

  private static String run(Path python, int example, Path file) throws Exception {
    List<CodeBlock> examples =
        MarkdownPage.read(MarkdownPage.ROOT.resolve("docs/models.md")).code().stream()
            .filter(it -> it.language().equals("python"))
            .toList();
    Path script = temp.resolve("example" + example + ".py");
    Files.writeString(script, examples.get(example).text());
    String picture = temp.resolve("picture.png").toString();
    Ended ended =
        Launched.command(
                temp, List.of(python.toString(), script.toString(), file.toString(), picture))
            .with(Map.of("TMPDIR", temp.toString(), "PYTHONIOENCODING", "utf-8"))
            .run();
    assertThat(ended.status()).as("%s", ended).isZero();
    return ended.out().strip();
  }

  private static void assertSame(String printed) {
    int space = printed.lastIndexOf(' ');
    assertThat(printed.substring(0, space)).isEqualTo(expectedClass);
    assertThat(Float.parseFloat(printed.substring(space + 1))).isCloseTo(expected, within(2e-4f));
  }
}
