package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.shard.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Positive;

class TallyMergeTest {
  private static final EvaluationJson.Origin ORIGIN =
      new EvaluationJson.Origin("m", "d", "test", Split.TEST, Optional.empty());

  @Property(tries = 200)
  void sameBytesForAnyPartsInAnyOrder(
      @ForAll @IntRange(min = 1, max = 300) int images,
      @ForAll @IntRange(min = 2, max = 12) int classes,
      @ForAll @IntRange(min = 1, max = 9) int parts,
      @ForAll @Positive int seed) {
    Predictions predictions = Predictions.drawn(images, classes, seed);
    int topK = Math.min(3, classes);
    List<Tally> tallies = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      Tally tally = new Tally(classes, topK, 5);
      predictions.addTo(tally, part * images / parts, (part + 1) * images / parts);
      tallies.add(tally);
    }
    Collections.shuffle(tallies, new Random(seed));
    Tally merged = new Tally(classes, topK, 5);
    tallies.forEach(merged::merge);
    List<String> names = IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
    String whole = EvaluationJson.text(Evaluation.of(predictions.tally(topK, 5), names), ORIGIN);
    assertThat(EvaluationJson.text(Evaluation.of(merged, names), ORIGIN)).isEqualTo(whole);
  }
}
