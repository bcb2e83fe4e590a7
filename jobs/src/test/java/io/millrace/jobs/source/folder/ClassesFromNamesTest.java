package io.millrace.jobs.source.folder;

import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Classes by a regular expression over names. */
@Timeout(60)
class ClassesFromNamesTest {
  @TempDir Path temp;
  private GivenFolder given;

  @BeforeEach
  void root() throws IOException {
    given = GivenFolder.in(temp);
  }

  @Test
  void takesClassesFromFileNames() throws Exception {
    given.pictures(
        "train/cat.1.jpg", "train/dog.1.jpg", "train/1.jpg", "test1/1.jpg", "test1/2.jpg");
    Ingests.Found found = given.list("source.labels.from-name=^(cat|dog)");

    assertThat(found.contents().classes().names()).containsExactly("cat", "dog");
    assertThat(GivenFolder.told(found))
        .containsOnly(
            Map.entry("train/cat.1.jpg", "TRAIN cat"),
            Map.entry("train/dog.1.jpg", "TRAIN dog"),
            Map.entry("test1/1.jpg", "TEST none"),
            Map.entry("test1/2.jpg", "TEST none"));
    assertThat(found.rejects())
        .extracting(reject -> reject.id() + ": " + reject.reason())
        .containsExactly("train/1.jpg: a name that tells no class");
  }

  @Test
  void takesWholeMatchWithoutGroupAndRejectsEmptyGroup() throws Exception {
    given.pictures("cat1.jpg", "dog2.jpg");
    assertThat(given.list("source.labels.from-name=^[a-z]+").contents().classes().names())
        .containsExactly("cat", "dog");
    Ingests.Found found = given.list("source.labels.from-name=^(cat)?");
    assertThat(GivenFolder.told(found)).containsOnlyKeys("cat1.jpg");
    assertThat(found.rejects()).extracting(Reject::id).containsExactly("dog2.jpg");
  }

  @Test
  void refusesExpressionThatMatchesNothing() throws Exception {
    given.pictures("cat1.jpg");
    refused(() -> given.list("source.labels.from-name=^emu"), "matches from-name = '^emu'");
  }

  @Test
  void acceptsAnyExpressionForEmptyFolder() throws Exception {
    assertThat(given.list("source.labels.from-name=^emu").entries()).isEmpty();
  }

  @Test
  void refusesInvalidExpression() {
    assertThatThrownBy(() -> given.list("source.labels.from-name=(cat"))
        .hasMessageContaining("from-name is not a regular expression: Unclosed group");
  }

  @Test
  void refusesFileInPlaceOfAFolder() throws Exception {
    Path alone = file(temp.resolve("a.jpg"), jpeg(1));
    for (String labels : List.of("source.split=train", "source.labels.from-name=a")) {
      refused(
          () -> given.listAt(alone, labels), alone + ": it is a file, and format = folder takes");
    }
  }

  private static void refused(ThrowingCallable doing, String why) {
    assertThatThrownBy(doing).isInstanceOf(CannotException.class).hasMessageContaining(why);
  }
}
