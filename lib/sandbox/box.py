"""Runs inside the sandbox and takes requests, one a line of JSON, on standard input; answers each with one on standard output.

It never runs what it is given itself. Python runs in a worker that keeps its variables from call to call, a command in
a process of its own. When a call is over, everything it left running is killed and the worker is stopped, so that
nothing works between calls. Time, memory and disk are watched here as well as by the system, and standard output that
nobody could read is thrown away as it comes.
"""

import ast
import base64
import ctypes
import json
import linecache
import os
import resource
import select
import signal
import subprocess
import sys
import time
import traceback
import warnings

LIMITS = json.loads(sys.argv[1])
HOME = LIMITS["home"]
HEAD, TAIL = 65536, 16384
WATCHED = (HOME, "/tmp", "/dev/shm")
TICK = 0.1
DISK_TICK = 0.5
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf")


class Kept:
    """The beginning and the end of a stream of any length."""

    def __init__(self):
        self.head, self.tail, self.total = bytearray(), bytearray(), 0

    def add(self, chunk):
        self.total += len(chunk)
        room = HEAD - len(self.head)
        self.head += chunk[:room]
        if len(chunk) > room:
            self.tail += chunk[room:]
            del self.tail[:-TAIL]

    def text(self):
        left = self.total - len(self.head) - len(self.tail)
        middle = b"\n[... %d bytes left out ...]\n" % left if left else b""
        return bytes(self.head + middle + self.tail).decode("utf-8", "replace")


def close_doors():
    """Limits that hold for this process and all its descendants; nothing in the sandbox may raise them again."""
    memory, files = LIMITS["memoryBytes"], LIMITS["fileBytes"]
    wanted = {
        resource.RLIMIT_AS: 2 * memory,
        resource.RLIMIT_FSIZE: files,
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_CORE: 0,
    }
    if LIMITS["processes"] is not None:
        wanted[resource.RLIMIT_NPROC] = LIMITS["processes"]
    for name, most in wanted.items():
        hard = resource.getrlimit(name)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(name, (most, most))
    os.umask(0o022)
    # As the first process it hears no other signal of what it watches.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.clear()
    os.environ.update(PATH="/usr/local/bin:/usr/bin:/bin", HOME=HOME, PWD=HOME, LANG="C.UTF-8")
    os.chdir(HOME)
    dumpable(False)
    deny_calls()


class Filter(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("program", ctypes.c_char_p)]


def deny_calls():
    """Has the kernel refuse what no code here needs and escapes are made of, whatever the walls around allow."""
    text = LIMITS["filters"].get(os.uname().machine)
    if not text:
        return
    program = base64.b64decode(text)
    library = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, filter_calls, by_program = map(ctypes.c_ulong, (38, 22, 2))
    one, none = ctypes.c_ulong(1), ctypes.c_ulong(0)
    if library.prctl(no_new_privileges, one, none, none, none):
        raise OSError(ctypes.get_errno(), "the kernel does not let rights be given up")
    if library.prctl(filter_calls, by_program, ctypes.byref(Filter(len(program) // 8, program)), none, none):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter of its calls")


def dumpable(yes):
    """Without it no process of the same user may look into this one or write to its memory."""
    try:
        ctypes.CDLL(None).prctl(4, int(yes), 0, 0, 0)
    except (OSError, AttributeError):
        pass


def as_ordinary():
    """What runs code: weighs less than the watcher, hears signals, may be looked into."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.nice(10)
    dumpable(True)


def told(problem):
    try:
        value = str(problem)[:2000]
    except BaseException:
        value = ""
    try:
        trace = problem.__traceback__
        while trace is not None and not trace.tb_frame.f_code.co_filename.startswith("<call "):
            trace = trace.tb_next
        lines = traceback.format_exception(type(problem), problem, trace, limit=-20)
        text = "".join(lines)[-8000:]
    except BaseException:
        text = f"{type(problem).__name__}: {value}"
    return {"name": type(problem).__name__, "value": value, "traceback": text}


def run(code, scope, call):
    name = f"<call {call}>"
    linecache.cache[name] = (len(code), None, code.splitlines(True), name)
    outcome = {"result": None, "error": None}
    try:
        before = pictures()
        tree = ast.parse(code, name)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, name, "exec"), scope)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), name, "eval"), scope)
            outcome["result"] = None if value is None else repr(value)[:20000]
        save_figures(call, before)
    except BaseException as problem:
        outcome["error"] = told(problem)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass
    return outcome


def pictures():
    """The pictures in the working directory, by name, with what changes when one is written."""
    with os.scandir(HOME) as entries:
        stats = {entry.name: entry.stat(follow_symlinks=False) for entry in entries if entry.name.lower().endswith(IMAGES)}
    return {name: (stat.st_ino, stat.st_size, stat.st_mtime_ns) for name, stat in stats.items()}


def save_figures(call, before):
    """Figures that are still open become files, unless the code has written a picture itself."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None or not pyplot.get_fignums():
        return
    saved = not pictures().items() <= before.items()
    for at, number in enumerate([] if saved else pyplot.get_fignums()[:10], 1):
        pyplot.figure(number).savefig(os.path.join(HOME, f"figure-{call}-{at}.png"), dpi=120, bbox_inches="tight")
    pyplot.close("all")


def work(requests, replies):
    """The worker: holds the variables, runs one call after another until its pipe closes."""
    warnings.filterwarnings("ignore", message=".*non-interactive.*")
    main = type(sys)("__main__")
    sys.modules["__main__"] = main
    sys.path.insert(0, HOME)
    sys.argv = [""]
    dumps, write = json.dumps, os.write
    with os.fdopen(requests, "rb") as lines:
        for line in lines:
            request = json.loads(line)
            if "code" not in request:
                bury_own()
                write(replies, b"\n")
                continue
            reply = dumps(run(request["code"], main.__dict__, request["call"])).encode() + b"\n"
            while reply:
                reply = reply[write(replies, reply) :]


def bury_own():
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


class Worker:
    def __init__(self):
        asked, self.asking = os.pipe()
        self.replies, replying = os.pipe()
        self.out, out = os.pipe()
        self.err, err = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                as_ordinary()
                os.setsid()
                nothing = os.open(os.devnull, os.O_RDONLY)
                for source, target in ((nothing, 0), (out, 1), (err, 2)):
                    os.dup2(source, target)
                asked, replying = os.dup2(asked, 200), os.dup2(replying, 201)
                os.closerange(3, 200)
                sys.stdin, sys.stdout, sys.stderr = (
                    open(0, "r", closefd=False),
                    open(1, "w", closefd=False, encoding="utf-8", errors="backslashreplace"),
                    open(2, "w", closefd=False, encoding="utf-8", errors="backslashreplace", buffering=1),
                )
                work(asked, replying)
                status = 0
            finally:
                os._exit(status)
        for end in (asked, replying, out, err):
            os.close(end)

    def ask(self, request):
        os.kill(self.pid, signal.SIGCONT)
        line = json.dumps({"code": request["code"], "call": request["call"]}).encode() + b"\n"
        watch = Watch(self.out, self.err, request["seconds"], {self.pid})
        answer = bytearray()
        end = watch.until(lambda: self.hear(answer), self.replies, self.asking, line)
        if end == "done" and not answer.endswith(b"\n"):
            end = "died"
        reply = {"result": None, "error": None}
        if end == "done":
            reply = json.loads(answer)
        if end != "done":
            kill_all()
        else:
            stop_all({self.pid})
        watch.drain()
        if end != "done":
            reply["exit"] = self.close()
        settle({self.pid}, self if end == "done" else None)
        return {**reply, "end": end, "stdout": watch.out.text(), "stderr": watch.err.text()}

    def hear(self, answer):
        chunk = os.read(self.replies, 1 << 16)
        answer += chunk
        return not chunk or chunk.endswith(b"\n") or len(answer) > 1_000_000

    def bury(self):
        """Its own dead children are nobody else's to bury; for that it goes on for a moment."""
        os.kill(self.pid, signal.SIGCONT)
        os.write(self.asking, b"{}\n")
        if select.select([self.replies], [], [], 1)[0]:
            os.read(self.replies, 1 << 16)
        os.kill(self.pid, signal.SIGSTOP)

    def close(self):
        for end in (self.asking, self.replies, self.out, self.err):
            os.close(end)
        status = os.waitpid(self.pid, 0)[1]
        return os.waitstatus_to_exitcode(status)


class Watch:
    """Reads what a call writes and looks after its limits."""

    def __init__(self, out, err, seconds, kept):
        self.kept = kept
        self.streams = {out: Kept(), err: Kept()}
        self.out, self.err = self.streams[out], self.streams[err]
        self.open = {out, err}
        self.deadline = time.monotonic() + seconds
        self.looked = time.monotonic()

    def until(self, over, also=None, into=None, line=b""):
        """Waits for `over`, asked when `also` can be read or at each tick, or the name of the limit that was hit."""
        if into is not None:
            os.set_blocking(into, False)
        while True:
            wanted = [*self.open, 0, *([] if also is None else [also])]
            ready, writable, _ = select.select(wanted, [into] if line else [], [], TICK)
            if 0 in ready:
                os._exit(0)
            if writable:
                line = line[self.write(into, line) :]
            for stream in self.open.intersection(ready):
                self.read(stream)
            if (also is None or also in ready) and over():
                return "done"
            limit = self.limit()
            if limit:
                return limit

    @staticmethod
    def write(into, line):
        try:
            return os.write(into, line)
        except BrokenPipeError:
            return len(line)

    def read(self, stream):
        chunk = os.read(stream, 1 << 16)
        self.streams[stream].add(chunk)
        if not chunk:
            self.open.discard(stream)
        return bool(chunk)

    def limit(self):
        now = time.monotonic()
        if now > self.deadline:
            return "time"
        if now - self.looked < TICK:
            return None
        self.looked = now
        pids = others()
        bury(pids, self.kept)
        if memory_is_full(pids, now):
            return "memory"
        return "disk" if disk_is_full(now) else None

    def drain(self):
        for stream in self.open:
            os.set_blocking(stream, False)
        for stream in list(self.open):
            try:
                while self.read(stream):
                    if self.streams[stream].total > 1 << 24:
                        break
            except BlockingIOError:
                pass
            os.set_blocking(stream, True)


PAGE = resource.getpagesize()


shares_looked = 0.0


def memory_is_full(pids, now):
    """Whether these processes hold more than they may. What forks share counts once; that is dear to find out."""
    global shares_looked
    most = LIMITS["memoryBytes"]
    if sum(map(resident, pids)) <= most or now - shares_looked < DISK_TICK:
        return False
    shares_looked = now
    return sum(map(share, pids)) > most


def resident(pid):
    try:
        with open(f"/proc/{pid}/statm", "rb") as statm:
            return int(statm.read().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def share(pid):
    try:
        with open(f"/proc/{pid}/smaps_rollup", "rb") as rollup:
            return next(int(line.split()[1]) * 1024 for line in rollup if line.startswith(b"Pss:"))
    except (OSError, StopIteration):
        return 0


disk_looked = 0.0


def disk_is_full(now):
    global disk_looked
    if now - disk_looked < DISK_TICK:
        return False
    disk_looked = now
    return any(exceeds(folder) for folder in WATCHED)


def exceeds(top):
    """Whether a folder holds more files or bytes than it may; stops counting as soon as it does."""
    files, size, folders = 0, 0, [top]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    stat = entry.stat(follow_symlinks=False)
                    files += 1
                    size += stat.st_blocks * 512
                    if files > LIMITS["files"] or size > LIMITS["diskBytes"]:
                        return True
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
        except OSError:
            pass
    return False


def others():
    own = {1, os.getpid()}
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in own]


def settle(kept, worker=None):
    """Waits until what was killed is gone; a second is long for that."""
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline:
        left = [pid for pid in others() if pid not in kept]
        if not left:
            return
        bury(left, kept)
        if worker:
            worker.bury()
        time.sleep(0.002)


def bury(pids, kept):
    """Orphans are the first process's to bury; until then they count as running."""
    for pid in pids:
        if pid not in kept:
            try:
                os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:
                pass


def stop_all(kept):
    """Stops every other process in one step, so that none can fork away, and kills all but the worker."""
    try:
        os.kill(-1, signal.SIGSTOP)
    except ProcessLookupError:
        return
    for pid in others():
        if pid not in kept:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass


def kill_all():
    try:
        os.kill(-1, signal.SIGKILL)
    except ProcessLookupError:
        pass


def as_command():
    as_ordinary()
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def end_of(pid):
    """Can be read when the process has ended, so that nobody waits for a tick; None where the system has no such thing."""
    try:
        return os.pidfd_open(pid)
    except (OSError, AttributeError):
        return None


def command(request, worker):
    workers = {worker.pid} if worker else set()
    shell = "/bin/bash" if os.path.exists("/bin/bash") else "/bin/sh"
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    try:
        child = subprocess.Popen([shell, "-c", request["command"]], cwd=HOME, start_new_session=True, preexec_fn=as_command, **pipes)
    except (OSError, ValueError) as problem:
        return {"end": "done", "exit": 126, "stdout": "", "stderr": str(problem)}
    watch = Watch(child.stdout.fileno(), child.stderr.fileno(), request["seconds"], {child.pid, *workers})
    gone = end_of(child.pid)
    end = watch.until(lambda: child.poll() is not None, gone)
    if gone is not None:
        os.close(gone)
    stop_all(workers)
    child.wait()
    settle(workers)
    watch.drain()
    child.stdout.close()
    child.stderr.close()
    return {"end": end, "exit": child.returncode, "stdout": watch.out.text(), "stderr": watch.err.text()}


def as_execution(reply):
    """What E2B's interpreter prints, which MiroThinker's models have learnt to read."""
    results = "" if reply["result"] is None else f"Result({reply['result']})"
    out, err = ([reply[name]] if reply[name] else [] for name in ("stdout", "stderr"))
    error = reply["error"] and "ExecutionError(name={name!r}, value={value!r}, traceback={traceback!r})".format(**reply["error"])
    return f"Execution(Results: [{results}], Logs: Logs(stdout: {out}, stderr: {err}), Error: {error})"


def as_command_result(reply):
    return "CommandResult(stderr={stderr!r}, stdout={stdout!r}, exit_code={exit}, error='')".format(**reply)


def serve():
    worker = None
    answers = os.dup(1)
    os.dup2(2, 1)
    for line in iter(sys.stdin.buffer.readline, b""):
        request = json.loads(line)
        if request["kind"] == "python":
            fresh = worker is None
            worker = worker or Worker()
            reply = {**worker.ask(request), "fresh": fresh}
            if reply["end"] != "done":
                worker = None
            reply["repr"] = as_execution(reply)
        else:
            reply = command(request, worker)
            reply["repr"] = as_command_result(reply)
            if reply["end"] not in ("done", "time") and worker:
                kill_all()
                worker = worker.close() and None
        answer = json.dumps({"id": request["id"], **reply}).encode() + b"\n"
        while answer:
            answer = answer[os.write(answers, answer) :]


close_doors()
serve()
