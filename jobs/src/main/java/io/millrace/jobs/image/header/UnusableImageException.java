package io.millrace.jobs.image.header;

import java.io.IOException;

/** Bytes that can't become a picture. */
public final class UnusableImageException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason a few words, the same for the same kind of damage, e.g. {@code "the picture ends
   *     early"}
   */
  public UnusableImageException(String reason) {
    super(reason);
  }

  /** A few words for the quarantine. */
  public String reason() {
    return getMessage();
  }

  public static UnusableImageException endsEarly() {
    return new UnusableImageException("the picture ends early");
  }

  public static UnusableImageException damaged() {
    return new UnusableImageException("the picture is damaged");
  }
}
