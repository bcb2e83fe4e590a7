package io.millrace.jobs.fetch;

import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer, read piece by piece with one piece in memory. Java's own stream of a body
 * waits for ever if a server stops sending.
 */
final class StreamedBody implements BodySubscriber<StreamedBody>, AutoCloseable {
  /** A piece, or the end if there are no bytes, or a failure. */
  private record Signal(Optional<List<ByteBuffer>> piece, Optional<Throwable> failure) {}

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private Flow.Subscription subscription;
  private boolean closed;

  /**
   * The next piece, or empty at the end.
   *
   * @throws IOException if the connection fails, or nothing comes for that long
   */
  Optional<List<ByteBuffer>> next(Duration stall) throws IOException, InterruptedException {
    Signal signal = signals.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
    if (signal == null) {
      throw new LostTry("nothing came for " + Amounts.duration(stall));
    }
    if (signal.failure().isPresent()) {
      Throwable failure = signal.failure().get();
      throw new LostTry("the connection failed (" + failure.getMessage() + ")", failure);
    }
    if (signal.piece().isPresent()) {
      more();
    }
    return signal.piece();
  }

  private synchronized void more() {
    subscription.request(1);
  }

  @Override
  public CompletionStage<StreamedBody> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (closed) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> piece) {
    signals.add(new Signal(Optional.of(piece), Optional.empty()));
  }

  @Override
  public void onError(Throwable failure) {
    signals.add(new Signal(Optional.empty(), Optional.of(failure)));
  }

  @Override
  public void onComplete() {
    signals.add(new Signal(Optional.empty(), Optional.empty()));
  }

  /** Reads no more; if the body was not read completely, its connection is closed. */
  @Override
  public synchronized void close() {
    closed = true;
    // The subscription may come after the answer's head.
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
