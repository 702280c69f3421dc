using System.Runtime.InteropServices;

namespace Petrel.Node.Containerd;

/// <summary>The machine code of <see cref="PauseProgram"/> for arm64, put together instruction by instruction (Arm Architecture Reference Manual, C6.2).</summary>
internal static class PauseCodeArm64
{
    private const int BlockSignals = 0;
    private const int ChildSignal = 17;
    private const int BytesOfSet = 8;

    // asm-generic/unistd.h
    private const int ExitGroup = 94;
    private const int SignalAction = 134;
    private const int SignalProcessMask = 135;
    private const int SignalTimedWait = 137;

    // An even number: the data after them is aligned to eight bytes.
    private const int Instructions = 22;
    private const int Wait = 12;

    public static ReadOnlySpan<byte> Code => MemoryMarshal.AsBytes<uint>((uint[])
    [
        MoveTo(8, SignalProcessMask),
        MoveTo(0, BlockSignals),
        AddressTo(1, at: 2, PauseProgram.SignalSetOffset),
        MoveTo(2, 0),
        MoveTo(3, BytesOfSet),
        SystemCall,
        MoveTo(8, SignalAction),
        MoveTo(0, ChildSignal),
        AddressTo(1, at: 8, PauseProgram.SignalActionOffset),
        MoveTo(2, 0),
        MoveTo(3, BytesOfSet),
        SystemCall,
        MoveTo(8, SignalTimedWait), // Wait
        AddressTo(0, at: 13, PauseProgram.SignalSetOffset),
        MoveTo(1, 0),
        MoveTo(2, 0),
        MoveTo(3, BytesOfSet),
        SystemCall,
        BranchIfNegative(0, at: 18, Wait),
        MoveTo(8, ExitGroup),
        MoveTo(0, 0),
        SystemCall,
    ]);

    private const uint SystemCall = 0xD4000001; // SVC #0

    /// <summary>MOVZ Xregister, #value</summary>
    private static uint MoveTo(uint register, int value) => 0xD2800000 | ((uint)value << 5) | register;

    /// <summary>ADR Xregister, data + offset</summary>
    private static uint AddressTo(uint register, int at, int dataOffset)
    {
        var distance = (uint)(((Instructions - at) * 4) + dataOffset);
        return 0x10000000 | ((distance & 3) << 29) | ((distance >> 2) << 5) | register;
    }

    /// <summary>TBNZ Wregister, #31, target</summary>
    private static uint BranchIfNegative(uint register, int at, int target) => 0x37F80000 | ((uint)(target - at) & 0x3FFF) << 5 | register;
}
