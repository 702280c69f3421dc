using System.Buffers.Binary;
using System.Numerics;

namespace Petrel.Storage.Backends.Embedded.Log;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4), with the processor's instruction where there is one.</summary>
internal static class Crc32C
{
    public static uint Compute(ReadOnlySpan<byte> data) => ~Append(uint.MaxValue, data);

    /// <summary>The checksum of two pieces as if they were one that follows data with the checksum <paramref name="seed"/>.</summary>
    public static uint Compute(uint seed, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Append(Append(~seed, first), second);

    private static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        while (data.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }

        foreach (var value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }
}
