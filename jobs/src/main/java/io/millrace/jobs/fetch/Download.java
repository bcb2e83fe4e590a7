package io.millrace.jobs.fetch;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Downloads one file to its part, over as many connections as it takes. */
final class Download {
  private final String what;
  private final Server server;
  private final Patience patience;
  private final Tries tries;
  private final PublicFile file;
  private final URI url;
  private final PartFile part;
  private final Meter meter;

  /** The most bytes so far: what a server sends again is not counted as new. */
  private long furthest;

  /** Whether a server that gave no length has sent everything. */
  private boolean ended;

  Download(
      String what,
      Server server,
      Patience patience,
      PublicFile file,
      URI url,
      PartFile part,
      Meter meter) {
    this.what = what;
    this.server = server;
    this.patience = patience;
    this.meter = meter;
    this.tries = new Tries(what, url, patience, meter::note);
    this.file = file;
    this.url = url;
    this.part = part;
  }

  /**
   * Downloads until the part is as long as the file.
   *
   * @throws CannotException if the server refuses, or too many tries failed
   */
  void complete() throws IOException, InterruptedException {
    ended = false;
    if (!mayContinue()) {
      part.clear();
    }
    furthest = part.length();
    meter.at(part.length(), size());
    tries.call(
        () -> {
          proceed();
          return part;
        });
  }

  private void proceed() throws IOException, InterruptedException {
    if (isWhole()) {
      return;
    }
    try {
      attempt();
      if (!isWhole()) {
        throw new LostTry(
            "it ended after " + Amounts.count(part.length()) + " of " + sizeText() + " bytes");
      }
    } catch (LostTry lost) {
      throw counted(lost);
    }
  }

  /** Without a checksum nobody would notice that parts of two versions were joined. */
  private boolean mayContinue() throws IOException {
    boolean tooLong = size().isPresent() && part.length() > size().getAsLong();
    boolean sameAddress = part.origin().filter(it -> it.url().equals(url.toString())).isPresent();
    return !tooLong && (file.hasChecksum() || sameAddress);
  }

  /** The expected length: the table's, or else the server's. */
  private OptionalLong size() {
    return file.bytes().isPresent()
        ? file.bytes()
        : part.origin().map(FileVersion::total).orElse(OptionalLong.empty());
  }

  private String sizeText() {
    return size().isPresent() ? Amounts.count(size().getAsLong()) : "unknown";
  }

  private boolean isWhole() throws IOException {
    return size().isPresent() ? part.length() == size().getAsLong() : ended;
  }

  private LostTry counted(LostTry lost) throws IOException {
    boolean further = part.length() > furthest;
    furthest = Math.max(furthest, part.length());
    String kept = "what was fetched is kept; run the same command again to continue";
    return tries.lost(lost, further, part.length() > 0 ? kept : Server.ELSEWHERE);
  }

  private void attempt() throws IOException, InterruptedException {
    long have = part.length();
    ended = false;
    requireSpace();
    Optional<FileVersion> before =
        part.origin().filter(it -> have > 0 && it.url().equals(url.toString()));
    Optional<String> range = have > 0 ? Optional.of("bytes=" + have + "-") : Optional.empty();
    try (Answer answer = server.ask(what, url, range, before.flatMap(FileVersion::validator))) {
      // A published length is used, whatever the server says.
      OptionalLong total = file.bytes().isPresent() ? file.bytes() : answer.total();
      FileVersion now = FileVersion.of(url, answer.headers(), total);
      if (answer.status() == Answer.OK) {
        part.begin(now);
        meter.at(0, size());
        requireKnownLength();
        requireSpace();
      } else if (answer.status() == Answer.NO_SUCH_RANGE) {
        startOver("the server has nothing after " + Amounts.count(have, "byte"));
      } else if (answer.start().orElse(-1) != have || have == 0) {
        startOver("the server sent another range than was asked for");
      } else if (before.filter(it -> it.differs(now)).isPresent()) {
        startOver("the file changed on the server");
      } else if (before.isEmpty()) {
        part.note(now);
      }
      take(answer.body());
    }
  }

  private void startOver(String why) throws IOException {
    part.clear();
    meter.at(0, size());
    throw new LostTry(why);
  }

  private void requireKnownLength() {
    if (size().isEmpty() && !file.hasChecksum()) {
      throw new CannotException(
          what,
          url
              + " can't be verified: no checksum is published and the server does not give the"
              + " length of the file; "
              + Server.ELSEWHERE);
    }
  }

  private void requireSpace() throws IOException {
    long missing = size().orElse(0) - part.length();
    if (missing > part.space()) {
      throw new CannotException(
          what,
          "the disk holding "
              + part.path()
              + " has "
              + Amounts.bytes(part.space())
              + " free and "
              + Amounts.bytes(missing)
              + " are still needed; free space or choose another folder");
    }
  }

  private void take(StreamedBody body) throws IOException, InterruptedException {
    long most = size().orElse(Long.MAX_VALUE);
    long length = part.length();
    while (length < most) {
      Optional<List<ByteBuffer>> piece = body.next(patience.stall());
      if (piece.isEmpty()) {
        ended = true;
        return;
      }
      for (ByteBuffer bytes : piece.get()) {
        // Bytes beyond the file's length are ignored.
        bytes.limit(bytes.position() + (int) Math.min(bytes.remaining(), most - length));
        length += bytes.remaining();
        meter.advance(bytes.remaining());
        part.append(bytes);
      }
    }
  }
}
