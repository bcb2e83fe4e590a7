package io.millrace.jobs.predict;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The result of one file.
 *
 * @param id its path below the folder of pictures
 * @param likeliest the likeliest classes, best first; none if it can't be read
 * @param height of the upright picture before it is resized, in pixels; 0 if it can't be read
 * @param width likewise
 * @param reason why it can't be read; empty if it can
 */
record Line(String id, Likeliest likeliest, int height, int width, String reason) {
  static Line unreadable(String id, String reason) {
    return new Line(id, Likeliest.NONE, 0, 0, reason);
  }

  boolean isReadable() {
    return reason.isEmpty();
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeUTF(id);
    out.writeUTF(reason);
    out.writeInt(height);
    out.writeInt(width);
    out.writeInt(likeliest.size());
    for (int i = 0; i < likeliest.size(); i++) {
      out.writeInt(likeliest.labels()[i]);
      out.writeFloat(likeliest.probabilities()[i]);
    }
  }

  static Line readFrom(DataInput in) throws IOException {
    String id = in.readUTF();
    String reason = in.readUTF();
    int height = in.readInt();
    int width = in.readInt();
    int[] labels = new int[in.readInt()];
    float[] probabilities = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = in.readInt();
      probabilities[i] = in.readFloat();
    }
    return new Line(id, new Likeliest(labels, probabilities), height, width, reason);
  }
}
