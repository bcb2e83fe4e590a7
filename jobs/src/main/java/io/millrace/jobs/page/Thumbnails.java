package io.millrace.jobs.page;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.codec.Thumbnail;
import io.millrace.pipeline.card.CardPicture;
import java.util.Optional;

/** The small pictures of a page, until its room is used up. */
public final class Thumbnails {
  private long room;

  /**
   * @param room for the data of all pictures, in characters
   */
  public Thumbnails(long room) {
    this.room = room;
  }

  /** A picture for the page; empty if there is no room left for it. */
  public Optional<CardPicture> picture(Thumbnail small, String alt, String caption) {
    CardPicture picture =
        small.encoding() == Encoding.PNG
            ? CardPicture.png(small.bytes(), alt, caption, small.width(), small.height())
            : CardPicture.jpeg(small.bytes(), alt, caption, small.width(), small.height());
    if (picture.data().length() > room) {
      return Optional.empty();
    }
    room -= picture.data().length();
    return Optional.of(picture);
  }
}
