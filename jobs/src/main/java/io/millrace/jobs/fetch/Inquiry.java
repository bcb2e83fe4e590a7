package io.millrace.jobs.fetch;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Asks a server for the length of a file without a published checksum. */
final class Inquiry {
  // One byte instead of HEAD, which some servers refuse.
  private static final Optional<String> FIRST_BYTE = Optional.of("bytes=0-0");

  private final String what;
  private final Server server;
  private final Patience patience;

  Inquiry(String what, Server server, Patience patience) {
    this.what = what;
    this.server = server;
    this.patience = patience;
  }

  /**
   * The length that the server gives.
   *
   * @throws CannotException if it gives none
   */
  long length(URI url) throws IOException, InterruptedException {
    Tries tries = new Tries(what, url, patience, why -> {});
    return tries.call(() -> asked(url, tries));
  }

  private long asked(URI url, Tries tries) throws IOException, InterruptedException {
    try (Answer answer = server.ask(what, url, FIRST_BYTE, Optional.empty())) {
      return answer
          .total()
          .orElseThrow(
              () ->
                  new CannotException(
                      what,
                      "no checksum is published and the server does not give the length of "
                          + url
                          + ", so the existing file can't be verified; remove it to fetch it"
                          + " again"));
    } catch (LostTry lost) {
      throw tries.lost(lost, false, Server.ELSEWHERE);
    }
  }
}
