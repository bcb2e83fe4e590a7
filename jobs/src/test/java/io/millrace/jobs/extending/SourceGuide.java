package io.millrace.jobs.extending;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.source.SourceProbe;
import io.millrace.jobs.source.lsun.Lsun;
import io.millrace.jobs.source.lsun.LsunProbe;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** {@code docs/extending/source.md}, whose example is {@link Lsun}. */
record SourceGuide(Sources sources) implements Guide {
  @Override
  public String page() {
    return "source";
  }

  @Override
  public List<Check> steps() {
    return List.of(
        SourceGuide::keys,
        SourceGuide::format,
        SourceGuide::whatThereIs,
        this::wherePicturesAre,
        SourceGuide::recognition,
        this::tests);
  }

  private static void keys() {
    assertThat(Source.class).isAssignableFrom(Lsun.class);
    Variant variant = Lsun.class.getAnnotation(Variant.class);
    assertThat(variant.value()).isEqualTo("lsun");
    assertThat(variant.summary()).isNotEmpty();
    assertThat(variant.example()).isNotEmpty();
    assertThat(Lsun.class.getRecordComponents())
        .allMatch(component -> component.isAnnotationPresent(Key.class))
        .extracting(RecordComponent::getName)
        .containsExactlyInAnyOrder(
            "path", "split", "classes", "perClassLimit", "sample", "leaveOut");
  }

  private static void format() throws Exception {
    ChoiceRules.assertListed(Source.class, Lsun.class);
    assertThat(Ingests.parameters("source.format=lsun", "source.path=[.]").source())
        .isInstanceOf(Lsun.class);
  }

  private static void whatThereIs() throws Exception {
    assertThat(Source.class.getMethod("open", URI.class).getReturnType()).isEqualTo(Contents.class);
    assertThat(Contents.class.getRecordComponents())
        .extracting(RecordComponent::getName)
        .contains("classes", "parts", "rejects", "ignored", "lister");
  }

  private void wherePicturesAre() throws Exception {
    assertThat(Serializable.class).isAssignableFrom(Lister.class);
    assertThat(Lister.Sink.class.getDeclaredMethods())
        .extracting(Method::getName)
        .contains("entry", "reject", "leftOut", "ignored");
    assertThat(sources.text("LmdbLister"))
        .contains("record LmdbLister() implements Lister", "JobFiles.readAt(", "LmdbFile.open(");
  }

  private static void recognition() {
    assertThat(
            ServiceLoader.load(SourceProbe.class).stream()
                .map(ServiceLoader.Provider::type)
                .toList())
        .contains(LsunProbe.class);
  }

  private void tests() throws Exception {
    assertThat(sources.text("LsunListingTest")).contains("Ingests.list(");
    assertThat(sources.text("RecognitionTest")).contains("lsun");
    assertThat(Stream.of(Ingests.class.getMethods()).map(Method::getName)).contains("run");
  }
}
