/* Memory that ends: a library to be loaded before a program, for the tests of faults. The file named by
   PENSTOCK_FAILING_MALLOC holds a number of eight bytes: 0, memory never ends; n, the n-th allocation from now on
   fails, and so does every later one. */
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

extern void* __libc_malloc(size_t size);
extern void* __libc_calloc(size_t count, size_t size);
extern void* __libc_realloc(void* old, size_t size);

static long* left;

__attribute__((constructor)) static void begin(void) {
    const char* const name = getenv("PENSTOCK_FAILING_MALLOC");
    const int fd = name == NULL ? -1 : open(name, O_RDWR | O_CLOEXEC);
    if (fd < 0) return;
    void* const at = mmap(NULL, sizeof *left, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (at != MAP_FAILED) left = at;
}

static int fails(void) {
    if (left == NULL) return 0;
    const long now = __atomic_load_n(left, __ATOMIC_RELAXED);
    if (now > 1) __atomic_sub_fetch(left, 1, __ATOMIC_RELAXED);
    if (now == 1) errno = ENOMEM;
    return now == 1;
}

void* malloc(size_t size) { return fails() ? NULL : __libc_malloc(size); }
void* calloc(size_t count, size_t size) { return fails() ? NULL : __libc_calloc(count, size); }
void* realloc(void* old, size_t size) { return fails() ? NULL : __libc_realloc(old, size); }
