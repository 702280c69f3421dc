using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Petrel.Node.Containerd;

/// <summary>
/// A static program that does nothing until SIGINT or SIGTERM, then exits with 0, and that as a pod's process 1 leaves
/// no zombies. It is assembled here, because users' machines have no compiler. In C:
/// <code>
/// sigprocmask(SIG_BLOCK, {SIGINT, SIGTERM}); // process 1 ignores what it has no handler for, unless it is blocked
/// sigaction(SIGCHLD, SIG_IGN);               // the kernel reaps the children itself
/// while (sigtimedwait({SIGINT, SIGTERM}, NULL, NULL) &lt; 0) { }
/// exit_group(0);
/// </code>
/// </summary>
public static class PauseProgram
{
    private const int ElfHeaderBytes = 64;
    private const int ProgramHeaderBytes = 56;
    private const ulong LoadAddress = 0x400000;

    /// <summary>The whole ELF file.</summary>
    /// <exception cref="PlatformNotSupportedException">An architecture other than x86-64 and arm64.</exception>
    public static byte[] Build(Architecture architecture) => architecture switch
    {
        Architecture.X64 => Elf(machine: 62, [.. PauseCodeX64.Code, .. Data]),
        Architecture.Arm64 => Elf(machine: 183, [.. PauseCodeArm64.Code, .. Data]),
        _ => throw new PlatformNotSupportedException($"there is no pause program for {architecture}; nodes run on x86-64 and arm64"),
    };

    /// <summary>The offsets of the two structures from the end of the code, where <see cref="Data"/> begins.</summary>
    internal const int SignalSetOffset = 0;
    internal const int SignalActionOffset = 8;

    /// <summary>The kernel's sigset_t of SIGINT (2) and SIGTERM (15), then its struct sigaction, the same on both: handler SIG_IGN (1), flags, restorer, mask.</summary>
    private static ReadOnlySpan<byte> Data =>
    [
        0b0000_0010, 0b0100_0000, 0, 0, 0, 0, 0, 0,
        1, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>One segment, readable and executable, that holds headers, code and data (elf(5)).</summary>
    private static byte[] Elf(ushort machine, ReadOnlySpan<byte> codeAndData)
    {
        const int CodeOffset = ElfHeaderBytes + ProgramHeaderBytes;
        var file = new byte[CodeOffset + codeAndData.Length];
        var header = file.AsSpan(0, ElfHeaderBytes);
        ((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]).CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[16..], 2); // ET_EXEC
        BinaryPrimitives.WriteUInt16LittleEndian(header[18..], machine);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1); // EV_CURRENT
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], LoadAddress + CodeOffset);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], ElfHeaderBytes); // the program header follows
        BinaryPrimitives.WriteUInt16LittleEndian(header[52..], ElfHeaderBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(header[54..], ProgramHeaderBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(header[56..], 1);

        var segment = file.AsSpan(ElfHeaderBytes, ProgramHeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(segment, 1); // PT_LOAD
        BinaryPrimitives.WriteUInt32LittleEndian(segment[4..], 4 | 1); // PF_R, PF_X
        BinaryPrimitives.WriteUInt64LittleEndian(segment[16..], LoadAddress);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[24..], LoadAddress);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[32..], (ulong)file.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[40..], (ulong)file.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[48..], 0x1000);
        codeAndData.CopyTo(file.AsSpan(CodeOffset));
        return file;
    }
}
