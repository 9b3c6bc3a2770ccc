// The limit program: what this kernel lets any server reach when it sends one live FLV stream to many HTTP viewers.
//
//   cc -O2 -o limit limit.c && ./limit --kbps 1000 --fps 25 --akbps 64 --gop 2 --merge-ms 350 --sndbuf 262144
//
// It makes the stream itself (paced by the clock, each tag marked, see Mark.java), keeps it serialized, in HTTP chunks, in one
// log that is mapped twice so that every piece of it is contiguous, and knows of a viewer only the socket and a position.
// A flush is one send() per viewer of all from its position to the head: after each tag, or every --merge-ms milliseconds.
// It reads no request, has no limits and drops a viewer that falls out of the log: a measuring rod, not a server.
//
// Prints "listen PORT" and serves until its standard input ends. Linux only.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;

static const u64 SECOND = 1000000000, MILLISECOND = 1000000;

static u64 now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * SECOND + t.tv_nsec;
}

static void *must(void *p, const char *what) {
    if (p == MAP_FAILED || !p) { perror(what); exit(1); }
    return p;
}

static void check(int failed, const char *what) {
    if (failed) { perror(what); exit(1); }
}

// ---------------------------------------------------------------- the stream: the same as StampedStream.java makes
static double fps = 25, gop_seconds = 2;
static int kbps = 1000, akbps = 64;

static const int KEYFRAME_WEIGHT = 8;
static u32 predicted_bytes, keyframe_bytes, audio_bytes;
static u64 frames, audio_frames;
static u8 filler[1 << 20];

static u8 *put(u8 *p, u32 value, int bytes) {
    while (bytes--) *p++ = value >> 8 * bytes;
    return p;
}

static u8 *put_text(u8 *p, const void *text, int bytes) { return memcpy(p, text, bytes), p + bytes; }

static void put_mark(u8 *p, u64 nanos, u64 sequence) {
    p = put_text(p, "FLVSTAMP", 8);
    for (int i = 8; i >= 0; i--) *p++ = 0x80 | (nanos >> 7 * i & 0x7f);
    for (int i = 4; i >= 0; i--) *p++ = 0x80 | (sequence >> 7 * i & 0x7f);
}

static void size_stream(void) {
    for (size_t i = 0; i < sizeof filler; i++) filler[i] = 1 | (i * 2654435761u) >> 24;
    predicted_bytes = kbps * 125.0 * gop_seconds / (fps * gop_seconds - 1 + KEYFRAME_WEIGHT);
    keyframe_bytes = predicted_bytes * KEYFRAME_WEIGHT;
    audio_bytes = akbps * 125.0 * 1024 / 44100;
    if (predicted_bytes < 40 || audio_bytes < 30 || keyframe_bytes > sizeof filler) {
        fprintf(stderr, "no such stream: bitrate or frame rate out of range\n");
        exit(2);
    }
}

// A body starts 11 bytes into a tag; tag() writes what is before and behind it and returns the bytes of the whole.
static u32 tag(u8 *to, int type, u32 millis, u32 body) {
    u8 *p = put(put(to, type, 1), body, 3);
    p = put(put(put(p, millis & 0xffffff, 3), millis >> 24, 1), 0, 3);
    put(p + body, 11 + body, 4);
    return 11 + body + 4;
}

static u32 video(u8 *body, int key) {
    u32 bytes = key ? keyframe_bytes : predicted_bytes;
    u8 *p = put(put(body, key ? 0x17 : 0x27, 1), 0x01000000, 4);
    p = put(put(p, bytes - 9, 4), key ? 0x6588 : 0x419a, 2);
    put_mark(p, now(), frames++);
    memcpy(body + 33, filler, bytes - 33);
    return bytes;
}

static u32 audio(u8 *body) {
    put(body, 0xaf0121, 3);
    put_mark(body + 3, now(), audio_frames++);
    memcpy(body + 25, filler, audio_bytes - 25);
    return audio_bytes;
}

static u64 frame_due(void) { return frames * SECOND / fps; }
static u64 audio_due(void) { return audio_frames * 1024 * SECOND / 44100; }

// ---------------------------------------------------------------- the log
static const u64 LOG_BYTES = 1 << 26, LOG_MARGIN = 4 << 20;
static u8 *log_start;
static u64 head, newest_keyframe;
static u8 prelude[1024];
static u32 prelude_bytes;

static void map_log(void) {
    int fd = memfd_create("log", 0);
    check(fd < 0 || ftruncate(fd, LOG_BYTES), "log");
    log_start = must(mmap(0, 2 * LOG_BYTES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), "log");
    for (int i = 0; i < 2; i++)
        must(mmap(log_start + i * LOG_BYTES, LOG_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED | MAP_POPULATE, fd, 0), "log");
    close(fd);
}

static u8 *at(u64 position) { return log_start + position % LOG_BYTES; }

static u32 chunk(u8 *to, u32 bytes) {            // around bytes that are 10 further on
    char size[16];
    snprintf(size, sizeof size, "%08x\r\n", bytes);
    memcpy(to, size, 10);
    memcpy(to + 10 + bytes, "\r\n", 2);
    return bytes + 12;
}

static void append(int is_video, u64 due) {
    int key = is_video && frames % (u64)(fps * gop_seconds) == 0;
    u8 *start = at(head), *body = start + 10 + 11;
    u32 bytes = is_video ? video(body, key) : audio(body);
    if (key) newest_keyframe = head;
    head += chunk(start, tag(start + 10, is_video ? 9 : 8, due / MILLISECOND, bytes));
}

static void make_prelude(void) {
    static const char http[] = "HTTP/1.1 200 OK\r\nContent-Type: video/x-flv\r\nTransfer-Encoding: chunked\r\n\r\n";
    static const u8 avc[] = {0x17, 0, 0, 0, 0, 1, 0x42, 0xc0, 0x1e, 0xff, 0xe1, 0, 10, 0x67, 0x42, 0xc0, 0x1e, 0xda,
        0x02, 0x80, 0xbf, 0xe5, 0x40, 1, 0, 4, 0x68, 0xce, 0x3c, 0x80};
    u8 *p = put_text(prelude, http, sizeof http - 1);
    u8 *start = p;
    p = put_text(p + 10, "FLV\1\5\0\0\0\x9\0\0\0\0", 13);
    put_text(p + 11, avc, sizeof avc);
    p += tag(p, 9, 0, sizeof avc);
    put(p + 11, 0xaf001210, 4);
    p += tag(p, 8, 0, 4);
    prelude_bytes = start - prelude + chunk(start, p - start - 10);
}

// ---------------------------------------------------------------- viewers
struct viewer { int fd; u32 prelude_sent; u64 position; };
static struct viewer *viewers;
static int viewer_count, viewer_room;

static int send_some(int fd, const void *bytes, u64 count, int flags) {       // -1: the viewer is gone
    ssize_t sent = send(fd, bytes, count, MSG_DONTWAIT | MSG_NOSIGNAL | flags);
    return sent >= 0 ? sent : errno == EAGAIN ? 0 : -1;
}

static int push(struct viewer *v) {
    if (v->prelude_sent < prelude_bytes) {
        int sent = send_some(v->fd, prelude + v->prelude_sent, prelude_bytes - v->prelude_sent, MSG_MORE);
        if (sent < 0) return -1;
        v->prelude_sent += sent;
        if (v->prelude_sent < prelude_bytes) return 0;
    }
    if (head == v->position) return 0;
    if (head - v->position > LOG_BYTES - LOG_MARGIN) return -1;
    int sent = send_some(v->fd, at(v->position), head - v->position, 0);
    if (sent > 0) v->position += sent;
    return sent;
}

static void flush_all(void) {
    for (int i = 0; i < viewer_count; i++)
        if (push(&viewers[i]) < 0) {
            close(viewers[i].fd);
            viewers[i--] = viewers[--viewer_count];
        }
}

static void join(int fd) {
    if (viewer_count == viewer_room) {
        viewer_room = viewer_room ? 2 * viewer_room : 1024;
        viewers = must(realloc(viewers, viewer_room * sizeof *viewers), "viewers");
    }
    viewers[viewer_count++] = (struct viewer){fd, 0, newest_keyframe};
    push(&viewers[viewer_count - 1]);
}

// ---------------------------------------------------------------- sockets and the clock
static int listener, poller, merge_millis, sndbuf;

static void watch(int fd, u32 events) { epoll_ctl(poller, EPOLL_CTL_ADD, fd, &(struct epoll_event){events, {.fd = fd}}); }

static void open_listener(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (sndbuf) setsockopt(listener, SOL_SOCKET, SO_SNDBUF, &sndbuf, sizeof sndbuf);
    check(bind(listener, (void *)&address, size) || listen(listener, 65535), "listen");
    getsockname(listener, (void *)&address, &size);
    printf("listen %d\n", ntohs(address.sin_port));
    fflush(stdout);
}

static void accept_some(void) {
    for (int i = 0; i < 64; i++) {
        int fd = accept4(listener, 0, 0, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) return;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
        watch(fd, EPOLLIN);
    }
}

static void on_event(int fd) {
    static u8 request[65536];
    if (fd == listener) { accept_some(); return; }
    ssize_t got = read(fd, request, sizeof request);
    if (fd == 0) { if (got <= 0) exit(0); return; }
    epoll_ctl(poller, EPOLL_CTL_DEL, fd, 0);     // any bytes are a request
    if (got > 0) join(fd); else close(fd);
}

static void serve(void) {
    u64 start = now(), next_flush = start;
    for (;;) {
        for (;;) {
            u64 due = frame_due() <= audio_due() ? frame_due() : audio_due();
            if (start + due > now()) break;
            append(due == frame_due(), due);
            if (!merge_millis) flush_all();
        }
        if (merge_millis && now() >= next_flush) {
            flush_all();
            next_flush += merge_millis * MILLISECOND;
        }
        u64 wake = start + (frame_due() < audio_due() ? frame_due() : audio_due()), t = now();
        if (merge_millis && next_flush < wake) wake = next_flush;
        u64 wait = wake > t ? wake - t : 0;
        struct epoll_event events[64];
        int count = epoll_pwait2(poller, events, 64, &(struct timespec){wait / SECOND, wait % SECOND}, 0);
        for (int i = 0; i < count; i++) on_event(events[i].data.fd);
    }
}

int main(int count, char **arguments) {
    for (int i = 1; i + 1 < count; i += 2) {
        char *name = arguments[i];
        double value = atof(arguments[i + 1]);
        if (!strcmp(name, "--kbps")) kbps = value;
        else if (!strcmp(name, "--fps")) fps = value;
        else if (!strcmp(name, "--akbps")) akbps = value;
        else if (!strcmp(name, "--gop")) gop_seconds = value;
        else if (!strcmp(name, "--merge-ms")) merge_millis = value;
        else if (!strcmp(name, "--sndbuf")) sndbuf = value;
        else { fprintf(stderr, "unknown option %s\n", name); return 2; }
    }
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    size_stream();
    map_log();
    make_prelude();
    poller = epoll_create1(EPOLL_CLOEXEC);
    open_listener();
    watch(listener, EPOLLIN);
    watch(0, EPOLLIN);
    serve();
}
