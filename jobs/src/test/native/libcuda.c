/* NVIDIA's driver as far as Millrace asks it, for machines without one. What there is says
   FAKE_CUDA: "version" alone, or "version name major minor" of one GPU; CUDA_VISIBLE_DEVICES and
   CUDA_DEVICE_ORDER go into its name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int version, major, minor, count;
static char name[64];

int cuInit(unsigned flags) {
  const char *fake = getenv("FAKE_CUDA");
  if (flags != 0 || fake == NULL) return 999;
  count = sscanf(fake, "%d %63s %d %d", &version, name, &major, &minor) == 4;
  return count ? 0 : 100;
}

int cuDeviceGetCount(int *out) { *out = count; return 0; }
int cuDriverGetVersion(int *out) { *out = version; return 0; }
int cuDeviceGet(int *device, int ordinal) { *device = ordinal + 40; return ordinal < count ? 0 : 101; }

int cuDeviceGetName(char *into, int length, int device) {
  const char *visible = getenv("CUDA_VISIBLE_DEVICES"), *order = getenv("CUDA_DEVICE_ORDER");
  if (device != 40) return 101;
  snprintf(into, length, "%s of %s by %s", name, visible ? visible : "all", order ? order : "speed");
  return 0;
}

int cuDeviceGetAttribute(int *value, int attribute, int device) {
  if (device != 40) return 101;
  *value = attribute == 75 ? major : attribute == 76 ? minor : -1;
  return 0;
}
