package io.millrace.jobs.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Mutations;
import io.millrace.jobs.image.Pictures;
import io.millrace.jobs.image.header.Header;
import io.millrace.jobs.image.header.UnusableImageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged bytes give pixels or a refusal; {@code -Dmillrace.mutations=10000} tries more. */
class MutatedPicturesTest {
  private static final int COUNT = Integer.getInteger("millrace.mutations", 600);
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /** A flip in a header can ask for any size; this much is decoded at most. */
  private static final Limits LIMITS = new Limits(4_000_000, 1_000_000);

  @TempDir static Path folder;
  private static List<byte[]> files;

  @BeforeAll
  static void write() throws Exception {
    files = Pictures.odd(folder).stream().map(Pictures.Odd::bytes).toList();
  }

  @Test
  void mutatedPicturesAreDecodedOrRefused() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Map<String, Integer> outcomes = new TreeMap<>();
    try {
      for (int i = 0; i < COUNT; i++) {
        byte[] file = Mutations.of(files, new Random(i));
        Decoder decoder =
            new Decoder(
                i % 5 == 0 ? 1 : 3,
                i % 2 == 0 ? Background.WHITE : Background.BLACK,
                i % 7 == 0,
                LIMITS);
        Future<String> outcome = thread.submit(() -> outcome(decoder, file));
        // An endless decoding fails here.
        outcomes.merge(outcome.get(LONGEST.toSeconds(), TimeUnit.SECONDS), 1, Integer::sum);
      }
    } finally {
      thread.shutdownNow();
    }
    assertThat(outcomes).containsKey("a picture").hasSizeGreaterThan(3);
    assertThat(outcomes.values().stream().mapToInt(i -> i).sum()).isEqualTo(COUNT);
  }

  @Test
  void randomHeadersAreReadOrRefused() {
    String[] starts = {
      "", "\u00ff\u00d8\u00ff", "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR", "GIF89a", "BM", "RIFF"
    };
    int refused = 0;
    for (int i = 0; i < 20 * COUNT; i++) {
      Random random = new Random(i);
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      String start = starts[i % starts.length];
      for (int at = 0; at < Math.min(bytes.length, start.length()); at++) {
        bytes[at] = (byte) start.charAt(at);
      }
      if (start.equals("RIFF") && bytes.length > 16) {
        System.arraycopy(new byte[] {60, 0, 0, 0, 'W', 'E', 'B', 'P'}, 0, bytes, 4, 8);
      }
      if (i % 3 == 0) {
        bytes = Mutations.of(files, random);
      }
      try {
        assertThat(Header.of(bytes).pixels()).isPositive();
      } catch (UnusableImageException e) {
        assertThat(e.reason()).isNotBlank();
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(COUNT);
  }

  /** A refused picture must not show pixels of the one decoded before. */
  @Test
  void refusedPictureShowsNothingOfThePreviousOne() throws Exception {
    for (byte[] file : files) {
      Pictures.rgb(file);
      byte[] half = Arrays.copyOf(file, file.length / 2);
      assertThatThrownBy(() -> Pictures.rgb(half)).isInstanceOf(UnusableImageException.class);
    }
  }

  private static String outcome(Decoder decoder, byte[] file) throws Exception {
    try (Decoded decoded = decoder.open(file)) {
      Image image = decoded.image();
      Header header = decoded.header();
      assertThat(header.pixels()).isEqualTo((long) image.height() * image.width());
      assertThat(image.channels()).isEqualTo(decoder.channels());
      return "a picture";
    } catch (UnusableImageException e) {
      return e.reason();
    }
  }
}
