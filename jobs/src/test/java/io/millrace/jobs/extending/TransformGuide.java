package io.millrace.jobs.extending;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.augment.AugmentJob;
import io.millrace.jobs.augment.AugmentParameters;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.transform.Augmenter;
import io.millrace.jobs.transform.Chain;
import io.millrace.jobs.transform.Composite;
import io.millrace.jobs.transform.Draws;
import io.millrace.jobs.transform.Editing;
import io.millrace.jobs.transform.Grayscale;
import io.millrace.jobs.transform.Levels;
import io.millrace.jobs.transform.Mixing;
import io.millrace.jobs.transform.Moving;
import io.millrace.jobs.transform.RandomCrop;
import io.millrace.jobs.transform.Transform;
import io.millrace.jobs.transform.Warping;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import io.millrace.pipeline.spec.FlagReader;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** {@code docs/extending/transform.md}, whose example is {@link Grayscale}. */
record TransformGuide(Sources sources) implements Guide {
  @Override
  public String page() {
    return "transform";
  }

  @Override
  public List<Check> steps() {
    return List.of(
        TransformGuide::kind,
        TransformGuide::keys,
        TransformGuide::list,
        TransformGuide::work,
        TransformGuide::size,
        this::tests);
  }

  private static void kind() {
    for (Class<?> kind :
        List.of(Moving.class, Warping.class, Editing.class, Composite.class, Mixing.class)) {
      assertThat(Transform.class).isAssignableFrom(kind);
    }
    assertThat(Editing.class).isAssignableFrom(Grayscale.class);
  }

  private static void keys() {
    Variant variant = Grayscale.class.getAnnotation(Variant.class);
    assertThat(variant.value()).isEqualTo("grayscale");
    assertThat(variant.summary()).isNotEmpty();
    assertThat(variant.example()).isEqualTo("{ grayscale = 0.1 }");
    assertThat(Grayscale.class.getRecordComponents())
        .allMatch(component -> component.isAnnotationPresent(Key.class));
  }

  private static void list() throws Exception {
    ChoiceRules.assertListed(Transform.class, Grayscale.class);
    Map<String, String> flags = Map.of("shards", ".", "transforms", "[{ grayscale = 0.1 }]");
    AugmentParameters parameters =
        (AugmentParameters) FlagReader.read(new AugmentJob(), flags).parameters();
    assertThat(parameters.transforms()).containsExactly(new Grayscale(0.1));
  }

  private static void work() {
    byte[] pixels = new byte[3 * 4 * 4];
    new Random(1).nextBytes(pixels);
    byte[] before = pixels.clone();
    Image image = new Image(3, 4, 4, pixels);
    Augmenter augmenter = new Augmenter(new Chain(List.of(new Grayscale(0.5))), 3, Levels.UNKNOWN);
    boolean[] changed = new boolean[2];
    for (int epoch = 0; epoch < 20; epoch++) {
      byte[] once = augmenter.apply(image, Draws.of(1, epoch, 7)).pixels();
      assertThat(augmenter.apply(image, Draws.of(1, epoch, 7)).pixels()).isEqualTo(once);
      assertThat(pixels).isEqualTo(before);
      changed[Arrays.equals(once, before) ? 0 : 1] = true;
    }
    assertThat(changed).containsOnly(true);
  }

  private static void size() {
    assertThat(methods(RandomCrop.class)).contains("through");
    assertThat(methods(Grayscale.class)).doesNotContain("through");
  }

  private static Stream<String> methods(Class<?> type) {
    return Stream.of(type.getDeclaredMethods()).map(Method::getName);
  }

  private void tests() throws Exception {
    assertThat(sources.text("TransformPropertiesTest")).contains("new Grayscale(");
    assertThat(sources.text("TransformFormsTest")).contains("new Cutout(");
    assertThat(sources.text("TorchvisionTest")).contains("new Grayscale(");
  }
}
