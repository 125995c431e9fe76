/**
 * The kernel calls that no program in the sandbox needs and that kernels have been broken through: other namespaces,
 * mounts, keys, tracing, io_uring, modules. Numbers by architecture, from the kernel's own tables
 * (arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h).
 */
const DENIED: Record<string, readonly number[]> = {
	x64: [
		// ptrace, process_vm_readv, process_vm_writev, kcmp, pidfd_getfd
		101, 310, 311, 312, 438,
		// add_key, request_key, keyctl
		248, 249, 250,
		// bpf, perf_event_open, userfaultfd, io_uring_setup, io_uring_enter, io_uring_register
		321, 298, 323, 425, 426, 427,
		// unshare, setns, mount, umount2, pivot_root, chroot, open_tree to fspick, mount_setattr
		272, 308, 165, 166, 155, 161, 428, 429, 430, 431, 432, 433, 442,
		// name_to_handle_at, open_by_handle_at, fanotify_init, quotactl, quotactl_fd, acct
		303, 304, 300, 179, 443, 163,
		// kexec_load, kexec_file_load, init_module, finit_module, delete_module, reboot, swapon, swapoff
		246, 320, 175, 313, 176, 169, 167, 168,
		// settimeofday, clock_settime, adjtimex, clock_adjtime, syslog, iopl, ioperm, uselib, lookup_dcookie
		164, 227, 159, 305, 103, 172, 173, 134, 212,
		// move_pages, migrate_pages, mbind, set_mempolicy, vmsplice, memfd_secret
		279, 256, 237, 238, 278, 447,
	],
	arm64: [
		117, 270, 271, 272, 438, 217, 218, 219, 280, 241, 282, 425, 426, 427, 97, 268, 40, 39, 41, 51, 428, 429, 430, 431,
		432, 433, 442, 264, 265, 262, 60, 443, 89, 104, 294, 105, 273, 106, 142, 224, 225, 170, 112, 171, 266, 116, 18, 239,
		238, 235, 237, 75, 447,
	],
};
const AUDIT: Record<string, number> = { x64: 0xc000003e, arm64: 0xc00000b7 };
const NUMBERS: Record<string, { clone: number; clone3: number; socket: number }> = {
	x64: { clone: 56, clone3: 435, socket: 41 },
	arm64: { clone: 220, clone3: 435, socket: 198 },
};

/** What the kernel calls the architectures, by what Node calls them. */
const MACHINES = { x64: "x86_64", arm64: "aarch64" };

/** The filters that `box.py` takes one of, by what the machine it finds itself on is called. */
export const seccompFilters = (): Record<string, string> =>
	Object.fromEntries(
		Object.entries(MACHINES).map(([architecture, machine]) => [
			machine,
			seccompFilter(architecture)?.toString("base64") ?? "",
		]),
	);

/** Offsets into the kernel's `seccomp_data`: call number, architecture, low half of the first argument. */
const AT = { number: 0, architecture: 4, argument: 16 };
const LOAD = 0x20;
const IF_EQUAL = 0x15;
const IF_AT_LEAST = 0x35;
const IF_ANY_BIT = 0x45;
const RETURN = 0x06;
const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const errno = (number: number): number => 0x00050000 + number;
const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

/** Flags of `clone` that make namespaces. */
const NEW_NAMESPACES = 0x7e020000;
/** Calls of the x32 interface, which have numbers of their own. */
const X32 = 0x40000000;
const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;

type Instruction = [code: number, whenTrue: number, whenFalse: number, value: number];

/** The filter as the kernel reads it (classic BPF, little-endian); undefined for an architecture it has no numbers of. */
export function seccompFilter(architecture: string): Buffer | undefined {
	const [audit, numbers, denied] = [AUDIT[architecture], NUMBERS[architecture], DENIED[architecture]];
	if (audit === undefined || !numbers || !denied) return undefined;
	const program: Instruction[] = [
		[LOAD, 0, 0, AT.architecture],
		[IF_EQUAL, 1, 0, audit],
		[RETURN, 0, 0, KILL],
		[LOAD, 0, 0, AT.number],
		[IF_AT_LEAST, 0, 1, X32],
		[RETURN, 0, 0, errno(ENOSYS)],
		...denied.flatMap((number): Instruction[] => [
			[IF_EQUAL, 0, 1, number],
			[RETURN, 0, 0, errno(EPERM)],
		]),
		// Its flags lie in memory, where a filter cannot look; the C library then falls back to clone.
		[IF_EQUAL, 0, 1, numbers.clone3],
		[RETURN, 0, 0, errno(ENOSYS)],
		[IF_EQUAL, 0, 4, numbers.clone],
		[LOAD, 0, 0, AT.argument],
		[IF_ANY_BIT, 0, 1, NEW_NAMESPACES],
		[RETURN, 0, 0, errno(EPERM)],
		[RETURN, 0, 0, ALLOW],
		[IF_EQUAL, 0, 5, numbers.socket],
		[LOAD, 0, 0, AT.argument],
		[IF_EQUAL, 3, 0, AF_UNIX],
		[IF_EQUAL, 2, 0, AF_INET],
		[IF_EQUAL, 1, 0, AF_INET6],
		[RETURN, 0, 0, errno(EAFNOSUPPORT)],
		[RETURN, 0, 0, ALLOW],
	];
	const bytes = Buffer.alloc(program.length * 8);
	for (const [at, [code, whenTrue, whenFalse, value]] of program.entries()) {
		bytes.writeUInt16LE(code, at * 8);
		bytes.writeUInt8(whenTrue, at * 8 + 2);
		bytes.writeUInt8(whenFalse, at * 8 + 3);
		bytes.writeUInt32LE(value, at * 8 + 4);
	}
	return bytes;
}
