package io.millrace.jobs.train;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.Thumbnail;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What the network saw first: pictures of the first worker's first minibatch, augmented.
 *
 * @param pictures in their order
 */
record FirstMinibatch(List<Shown> pictures) {
  static final FirstMinibatch NONE = new FirstMinibatch(List.of());

  /** Its file, and the event that tells it. */
  static final String NAME = "first-minibatch";

  static final String FILE = NAME + ".json";
  private static final int LONGEST = 96;

  static FirstMinibatch of(List<SeenPicture> seen, List<String> classNames) {
    List<Shown> shown = new ArrayList<>();
    for (SeenPicture picture : seen) {
      Thumbnail small = Thumbnail.of(picture.image(), LONGEST);
      shown.add(
          new Shown(
              classNames.get(picture.label()),
              picture.id(),
              small.encoding().text(),
              Base64.getEncoder().encodeToString(small.bytes()),
              small.width(),
              small.height()));
    }
    return new FirstMinibatch(List.copyOf(shown));
  }

  /**
   * One picture.
   *
   * @param label its class's name
   * @param id of the picture
   * @param encoding {@code png} or {@code jpeg}
   * @param data the bytes of such a file, in base 64
   * @param width in pixels
   * @param height in pixels
   */
  record Shown(String label, String id, String encoding, String data, int width, int height) {
    Thumbnail thumbnail() {
      return new Thumbnail(Encoding.of(encoding), height, width, Base64.getDecoder().decode(data));
    }
  }
}
