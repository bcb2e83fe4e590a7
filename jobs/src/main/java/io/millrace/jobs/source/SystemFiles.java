package io.millrace.jobs.source;

import java.util.Locale;
import java.util.Set;

/**
 * Files and folders that operating systems and tools leave among pictures: one list for all sources
 * and archives.
 */
public final class SystemFiles {
  /** Of files and folders, in lower case. */
  private static final Set<String> NAMES =
      Set.of(
          // macOS
          ".ds_store",
          ".localized",
          ".apdisk",
          ".volumeicon.icns",
          "__macosx",
          "icon\r",
          "network trash folder",
          "temporary items",
          // Windows
          "thumbs.db",
          "ehthumbs.db",
          "ehthumbs_vista.db",
          "desktop.ini",
          "$recycle.bin",
          "recycler",
          "system volume information",
          // Linux and network storage
          ".directory",
          ".nomedia",
          "lost+found",
          "@eadir",
          "@recycle",
          "#recycle",
          "#snapshot",
          "@recently-snapshot",
          // programs
          ".picasa.ini",
          "picasa.ini",
          ".bridgesort",
          ".bridgecache",
          ".bridgecachet",
          "zbthumbnail.info",
          ".gitignore",
          ".gitattributes",
          ".gitkeep",
          ".gitmodules",
          ".keep",
          ".dvcignore",
          "__pycache__");

  private SystemFiles() {}

  /**
   * Whether a name is one of them.
   *
   * @param folder whether it is a folder's; those that begin with a dot are hidden: {@code .git},
   *     {@code .ipynb_checkpoints}, {@code .thumbnails}
   */
  public static boolean is(String name, boolean folder) {
    return (folder && name.startsWith("."))
        || name.startsWith("._")
        || name.startsWith(".nfs")
        || name.startsWith(".fuse_hidden")
        || name.startsWith("~$")
        || NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether a file of an archive is one of them, or in a folder that is. */
  public static boolean inPath(String path) {
    String[] names = path.split("/", -1);
    for (int i = 0; i < names.length; i++) {
      // A path of an archive may begin with ./
      if (!names[i].equals(".") && !names[i].equals("..") && is(names[i], i < names.length - 1)) {
        return true;
      }
    }
    return false;
  }
}
