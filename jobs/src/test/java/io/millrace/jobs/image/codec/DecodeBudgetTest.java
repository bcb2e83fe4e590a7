package io.millrace.jobs.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Pictures;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.header.FileForm;
import io.millrace.jobs.image.header.Header;
import io.millrace.jobs.image.header.UnusableImageException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecodeBudgetTest {
  private static final int HEIGHT = 3000;
  private static final int WIDTH = 4000;

  /** Says that a picture lies on its side: it is then held twice. */
  private static final byte[] SIDEWAYS = {
    -1,
    (byte) 0xE1,
    0,
    34,
    'E',
    'x',
    'i',
    'f',
    0,
    0,
    'M',
    'M',
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1, //
    1,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    6,
    0,
    0,
    0,
    0,
    0,
    0
  };

  private final ExecutorService threads = Executors.newFixedThreadPool(7);

  @BeforeEach
  void nobodyHoldsRoom() {
    assertThat(DecodeBudget.free()).isEqualTo(DecodeBudget.ROOM);
  }

  @AfterEach
  void allRoomIsGivenBack() {
    threads.shutdownNow();
    await().until(() -> DecodeBudget.free() == DecodeBudget.ROOM);
  }

  @Test
  void largePicturesWaitForOthers() throws Exception {
    byte[] large = sideways(Encoder.jpeg(flat(HEIGHT, WIDTH), 50));
    int units = unitsOf(large);
    AtomicInteger open = new AtomicInteger();
    List<Future<Integer>> seen = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      seen.add(
          threads.submit(
              () -> {
                try (Decoded decoded = Pictures.decoder(3).open(large)) {
                  int together = open.incrementAndGet();
                  assertThat(decoded.height()).isEqualTo(WIDTH);
                  decoded.resized(new Sizing.Exact(9, 9));
                  open.decrementAndGet();
                  return together;
                }
              }));
    }
    int most = 0;
    for (Future<Integer> each : seen) {
      most = Math.max(most, each.get());
    }
    assertThat(most).isBetween(1, DecodeBudget.ROOM / units).isLessThan(7);
  }

  @Test
  void refusedPictureReturnsItsBudget() throws Exception {
    byte[] large = Encoder.jpeg(flat(HEIGHT, WIDTH), 50);
    byte[] end = {-1, (byte) 0xD9};
    byte[] half = Arrays.copyOf(large, large.length / 2 + end.length);
    System.arraycopy(end, 0, half, large.length / 2, end.length);
    for (int i = 0; i < 2 * DecodeBudget.ROOM / unitsOf(large); i++) {
      assertThatThrownBy(() -> Pictures.rgb(half)).isInstanceOf(UnusableImageException.class);
    }
    assertThat(DecodeBudget.free()).isEqualTo(DecodeBudget.ROOM);
  }

  @Test
  void closingTwiceReturnsBudgetOnce() throws Exception {
    Decoded decoded = Pictures.decoder(3).open(Encoder.jpeg(flat(HEIGHT, WIDTH), 50));
    assertThat(DecodeBudget.free()).isLessThan(DecodeBudget.ROOM);
    decoded.close();
    decoded.close();
    assertThat(DecodeBudget.free()).isEqualTo(DecodeBudget.ROOM);
  }

  @Test
  void waitingThreadCanBeInterrupted() throws Exception {
    Header all = Header.simple(FileForm.BMP, 100_000, 100_000, true);
    int units = DecodeBudget.await(all);
    assertThat(units).isEqualTo(DecodeBudget.ROOM);
    try {
      byte[] large = Encoder.jpeg(flat(HEIGHT, WIDTH), 50);
      Thread[] waiting = new Thread[1];
      Future<?> stopped =
          threads.submit(
              () -> {
                waiting[0] = Thread.currentThread();
                assertThatThrownBy(() -> Pictures.decoder(3).open(large))
                    .isInstanceOf(InterruptedIOException.class);
              });
      await().until(() -> waiting[0] != null && waiting[0].getState() == Thread.State.WAITING);
      waiting[0].interrupt();
      stopped.get();
    } finally {
      DecodeBudget.done(units);
    }
  }

  private static int unitsOf(byte[] file) throws Exception {
    int units = DecodeBudget.await(Header.of(file));
    DecodeBudget.done(units);
    return units;
  }

  private static Image flat(int height, int width) {
    return new Image(3, height, width, new byte[3 * height * width]);
  }

  private static byte[] sideways(byte[] jpeg) {
    byte[] turned = new byte[jpeg.length + SIDEWAYS.length];
    System.arraycopy(jpeg, 0, turned, 0, 2);
    System.arraycopy(SIDEWAYS, 0, turned, 2, SIDEWAYS.length);
    System.arraycopy(jpeg, 2, turned, 2 + SIDEWAYS.length, jpeg.length - 2);
    return turned;
  }
}
