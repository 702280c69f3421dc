using System.Numerics;
using System.Runtime.CompilerServices;

namespace Petrel.Dns.Wire;

/// <summary>
/// Comparing bytes without the case of ASCII letters (RFC 4343). Safe on whole wire names: a length byte is at most 63
/// and so never looks like a letter.
/// </summary>
internal static class AsciiCase
{
    /// <summary>Differs per process, so that a client cannot prepare names that collide in a table.</summary>
    private static readonly uint Seed = (uint)Random.Shared.Next();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Lower(byte value) => (uint)(value - 'A') <= 'Z' - 'A' ? (byte)(value | 0x20) : value;

    public static bool Equal(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i] && Lower(left[i]) != Lower(right[i]))
            {
                return false;
            }
        }

        return true;
    }

    public static int Hash(ReadOnlySpan<byte> bytes)
    {
        uint hash = Seed;
        foreach (byte value in bytes)
        {
            hash = (BitOperations.RotateLeft(hash, 5) ^ Lower(value)) * 0x9E3779B1;
        }

        return (int)(hash ^ (hash >> 15));
    }
}
