package io.millrace.jobs.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SpanTest {
  @Property(tries = 300)
  void spansCoverEveryPictureOnceInWholeMinibatches(
      @ForAll @IntRange(min = 1, max = 20_000) int images,
      @ForAll @IntRange(min = 1, max = 500) int batch,
      @ForAll @IntRange(min = 1, max = 64) int slots) {
    List<Span> spans = Span.of(images, batch, slots);
    long next = 0;
    for (Span span : spans) {
      assertThat(span.from()).isEqualTo(next);
      assertThat(span.from() % batch).isZero();
      assertThat(span.images()).isPositive();
      next = span.to();
    }
    assertThat(next).isEqualTo(images);
  }

  @Property(tries = 300)
  void anyNumberOfPartsCoversEveryPictureOnce(
      @ForAll @IntRange(min = 1, max = 2_000) int images,
      @ForAll @IntRange(min = 1, max = 500) int batch,
      @ForAll @IntRange(min = 1, max = 64) int parts) {
    List<Span> spans =
        IntStream.range(0, parts).mapToObj(part -> Span.part(images, batch, part, parts)).toList();
    long next = 0;
    for (Span span : spans) {
      assertThat(span.from()).isEqualTo(next);
      assertThat(span.from() % batch == 0 || span.images() == 0).isTrue();
      next = span.to();
    }
    assertThat(next).isEqualTo(images);
  }
}
