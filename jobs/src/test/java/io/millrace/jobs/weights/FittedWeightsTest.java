package io.millrace.jobs.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.SafeTensors;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.RealData;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.spec.ShortForm;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of other projects, heads, and the list of differences. */
class FittedWeightsTest {
  private static final int SIDE = 32;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "'', resnet-18 { width = 2 }",
    "module., resnet-18 { width = 2 }",
    "module._orig_mod., 'vgg-16-bn { width = 1, hidden = 4 }'",
    "'', 'resnet { channels = [4, 8] }'"
  })
  void takesNamesAsTheyAreAndWithoutWrappers(String wrapper, String architecture) throws Exception {
    Blueprint network = network(architecture, 3);
    Path file = write(first(network, 1), wrapper::concat);
    FittedWeights fitted = FittedWeights.of(file.toUri(), network, Head.KEEP);
    assertSame(fitted.state(9, () -> {}), first(network, 1));
    assertThat(fitted.fresh()).isEmpty();
    assertThat(fitted.leftOut()).isEmpty();
    assertThat(fitted.sources()).hasSize(network.tensors().size());
  }

  @Test
  void takesTimmsNamesAndConvolutionOfVgg() throws Exception {
    Blueprint network = network("vgg-16 { width = 1, hidden = 4 }", 3);
    State ours = first(network, 1);
    List<NamedTensor> timms = new ArrayList<>();
    for (NamedTensor each : ours.tensors()) {
      String name =
          each.name()
              .replace("classifier.0", "pre_logits.fc1")
              .replace("classifier.3", "pre_logits.fc2")
              .replace("classifier.6", "head.fc");
      int[] shape = name.equals("pre_logits.fc1.weight") ? new int[] {4, 8, 7, 7} : each.shape();
      timms.add(new NamedTensor(name, shape, each.role(), each.values()));
    }
    Path file = write(new State(timms), name -> name);
    assertSame(FittedWeights.of(file.toUri(), network, Head.KEEP).state(9, () -> {}), ours);
  }

  @Test
  void newHeadBeginsAfreshFromTheSeed() throws Exception {
    Blueprint thousand = network("resnet-18 { width = 2 }", 20);
    Blueprint three = network("resnet-18 { width = 2 }", 3);
    Path file = write(first(thousand, 1), name -> name);
    FittedWeights fitted = FittedWeights.of(file.toUri(), three, Head.NEW);
    assertThat(fitted.fresh()).containsExactly("fc.weight", "fc.bias");
    assertThat(fitted.leftOut()).containsExactly("fc.weight", "fc.bias");
    State state = fitted.state(7, () -> {});
    for (NamedTensor tensor : state.tensors()) {
      State from = tensor.name().startsWith("fc.") ? first(three, 7) : first(thousand, 1);
      assertThat(tensor.values()).isEqualTo(from.tensor(tensor.name()).orElseThrow().values());
    }
  }

  @Test
  void withoutHeadEndsAtTheInputOfTheLastMap() throws Exception {
    Blueprint network = network("resnet-18 { width = 2 }", 20);
    Path file = write(first(network, 1), name -> name);
    FittedWeights fitted = FittedWeights.of(file.toUri(), network, Head.NONE);
    assertThat(fitted.features()).contains("avgpool");
    assertThat(fitted.network().outputs()).containsExactly("avgpool");
    assertThat(fitted.state(1, () -> {}).tensors()).noneMatch(it -> it.name().startsWith("fc."));
  }

  @Test
  void trunkOfConvolutionsEndsWhereTheFileEnds() throws Exception {
    Blueprint network = network("vgg-16 { width = 1, hidden = 4 }", 3);
    State trunk = first(network, 1).where(it -> !it.name().startsWith("classifier"));
    Path file = write(trunk, name -> name);
    FittedWeights features = FittedWeights.of(file.toUri(), network, Head.NONE);
    assertThat(features.features()).contains("flatten");
    assertSame(features.state(1, () -> {}), trunk);
    assertThat(FittedWeights.of(file.toUri(), network, Head.NEW).fresh()).hasSize(6);
    assertThatThrownBy(() -> FittedWeights.of(file.toUri(), network, Head.KEEP))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("6 tensors are missing (classifier.0.weight [4, 392], ")
        .hasMessageEndingWith("or take head = new, by which the head begins afresh");
  }

  @Test
  void listsAllDifferencesAtOnce() throws Exception {
    Blueprint network = network("resnet-18 { width = 2 }", 3);
    Blueprint wider = network("resnet-18 { width = 4 }", 3);
    State other =
        first(wider, 1)
            .where(it -> !it.name().startsWith("bn1"))
            .and(
                new State(
                    List.of(new NamedTensor("aux", new int[] {1}, Role.TRAINABLE, new float[1]))));
    Path file = write(other, name -> name);
    assertThatThrownBy(() -> FittedWeights.of(file.toUri(), network, Head.NEW))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot use the weights in " + file)
        .hasMessageContaining(
            "4 tensors are missing (bn1.weight [2], bn1.bias [2], bn1.running_mean [2], bn1.running_var [2])")
        .hasMessageContaining(
            "of another shape (conv1.weight [4, 3, 7, 7] should be [2, 3, 7, 7], ")
        .hasMessageContaining(" and 91 more)")
        .hasMessageContaining("1 tensor is not the network's (aux [1])");
  }

  @Test
  void saysWhatToDoAboutOtherClasses() throws Exception {
    Blueprint thousand = network("resnet-18 { width = 2 }", 20);
    Path file = write(first(thousand, 1), name -> name);
    Blueprint three = network("resnet-18 { width = 2 }", 3);
    assertThatThrownBy(() -> FittedWeights.of(file.toUri(), three, Head.KEEP))
        .hasMessageContaining("fc.weight [20, 16] should be [3, 16]")
        .hasMessageContaining("only its head differs: give the classes of the file");
  }

  @Test
  void refusesValuesThatAreNotFinite() throws Exception {
    Blueprint network = network("resnet-18 { width = 2 }", 3);
    State broken = first(network, 1);
    broken.tensor("layer3.0.bn2.bias").orElseThrow().values()[1] = Float.NaN;
    Path file = write(broken, name -> name);
    FittedWeights fitted = FittedWeights.of(file.toUri(), network, Head.KEEP);
    assertThatThrownBy(() -> fitted.state(1, () -> {}))
        .hasMessageContaining("its tensor layer3.0.bn2.bias holds NaN");
  }

  @Test
  void mapsRealNamesOfEfficientNet() {
    Path real = RealData.path("weights/efficientnet-lite0.pth");
    Blueprint network = network("efficientnet-lite0", 1000);
    FittedWeights fitted = FittedWeights.of(real.toUri(), network, Head.KEEP);
    assertThat(fitted.sources())
        .containsEntry("blocks.0.0.conv_pw.weight", "_blocks.0._project_conv.weight")
        .containsEntry("blocks.6.0.bn3.running_var", "_blocks.15._bn2.running_var")
        .hasSize(network.tensors().size());
    assertThat(fitted.counters()).isEqualTo(49);
  }

  private static Blueprint network(String architecture, int classes) {
    String text =
        architecture.contains("{")
            ? architecture.replaceFirst("(\\S+) \\{ ", "{ name = $1, ")
            : architecture;
    return ShortForm.read(Architecture.class, text).blueprint(3, SIDE, SIDE, classes);
  }

  private static State first(Blueprint network, long seed) {
    List<NamedTensor> tensors = new ArrayList<>();
    for (TensorSpec spec : network.tensors()) {
      Role role = spec.trainable() ? Role.TRAINABLE : Role.AVERAGE;
      tensors.add(new NamedTensor(spec.name(), spec.shape(), role, spec.initialValues(seed)));
    }
    return new State(tensors);
  }

  private Path write(State state, UnaryOperator<String> names) throws Exception {
    State renamed =
        new State(state.tensors().stream().map(it -> it.named(names.apply(it.name()))).toList());
    Path file = folder.resolve("weights.safetensors");
    try (OutputStream out = Files.newOutputStream(file)) {
      new SafeTensors(renamed, Map.of()).writeTo(out);
    }
    return file;
  }

  private static void assertSame(State is, State wanted) {
    assertThat(is.tensors()).hasSameSizeAs(wanted.tensors());
    for (NamedTensor tensor : wanted.tensors()) {
      NamedTensor found = is.tensor(tensor.name()).orElseThrow();
      assertThat(found.shape()).isEqualTo(tensor.shape());
      assertThat(found.role()).isEqualTo(tensor.role());
      assertThat(found.values()).isEqualTo(tensor.values());
    }
  }
}
