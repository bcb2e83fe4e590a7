package io.millrace.jobs.extending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.architecture.catalogue.ConvNet;
import io.millrace.jobs.architecture.catalogue.ResNet;
import io.millrace.jobs.optimiser.Layout;
import io.millrace.pipeline.job.Variant;
import io.millrace.pipeline.spec.Variants;
import java.util.List;
import java.util.Map;

/** {@code docs/extending/architecture.md}, whose example is {@link ConvNet}. */
record ArchitectureGuide(Sources sources) implements Guide {
  private static final int CLASSES = 10;
  private static final Architecture CONV_NET = new ConvNet(List.of(4, 5));

  @Override
  public String page() {
    return "architecture";
  }

  @Override
  public List<Check> steps() {
    return List.of(
        ArchitectureGuide::keys,
        ArchitectureGuide::network,
        ArchitectureGuide::list,
        ArchitectureGuide::names,
        this::shapes,
        this::gradients,
        ArchitectureGuide::goldenFiles);
  }

  private static void keys() {
    Variants.records(Architecture.class)
        .forEach((name, record) -> ChoiceRules.assertKeys(Architecture.class, name, record));
    for (Variant variant : Variants.of(Architecture.class)) {
      assertThat(variant.summary()).isNotEmpty();
      assertThat(variant.example()).contains("name = " + variant.value());
    }
    assertThatThrownBy(() -> new ConvNet(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  private static void network() {
    Blueprint net = network(9);
    assertThat(net.inputs()).containsOnlyKeys(Blueprint.IMAGES);
    assertThat(net.shape(net.output())).isEqualTo(Shape.of(CLASSES));
    assertThatThrownBy(() -> network(6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("each side must be at least 7");
  }

  private static void list() throws Exception {
    for (Class<? extends Record> record : Variants.records(Architecture.class).values()) {
      ChoiceRules.assertListed(Architecture.class, record);
    }
  }

  private static void names() {
    assertThat(network(9).tensors()).extracting(TensorSpec::name).contains("conv1.weight");
    TensorSpec small = network(9).tensors().get(0);
    TensorSpec large = network(32).tensors().get(0);
    assertThat(large.initialValues(7)).isEqualTo(small.initialValues(7));
    assertThat(large.initialValues(8)).isNotEqualTo(small.initialValues(7));
    Blueprint resnet = new ResNet(List.of(4, 6)).blueprint(3, 8, 8, CLASSES);
    Layout layout =
        Layout.of(resnet.tensors()).grouped(Map.of("body", List.of("block1", "block2")));
    assertThat(layout.parts())
        .filteredOn(part -> part.group().equals("body"))
        .allMatch(part -> part.name().startsWith("block"))
        .hasSizeGreaterThan(2);
  }

  private static Blueprint network(int side) {
    return CONV_NET.blueprint(3, side, side, CLASSES);
  }

  private void shapes() throws Exception {
    String tests =
        sources.text("BlueprintTest")
            + sources.text("CourseNetworksTest")
            + sources.text("PublishedNetworksTest");
    assertEachIn(tests);
    assertThat(tests).contains("weightCount()", "multiplyAdds()");
  }

  private void gradients() throws Exception {
    assertEachIn(sources.text("CrossEngineTest"));
  }

  private static void assertEachIn(String tests) {
    for (Class<?> record : Variants.records(Architecture.class).values()) {
      assertThat(tests).contains("new " + record.getSimpleName() + "(");
    }
  }

  private static void goldenFiles() throws Exception {
    ChoiceRules.assertDefault("train.architecture.conv-net.channels = [20, 40, 80]");
    ChoiceRules.assertFlags("train --architecture", "train --channels");
  }
}
