using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Petrel.Api;

/// <summary>
/// Base64 as the API reads it: the standard alphabet with padding, line breaks anywhere, no other white space; the error
/// is the offset of the byte that does not fit.
/// </summary>
internal static class Base64Text
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t"u8);

    public static bool TryDecode(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out byte[]? bytes, out int errorOffset)
    {
        errorOffset = 0;
        var buffer = new byte[Base64.GetMaxDecodedFromUtf8Length(utf8.Length)];
        if (utf8.IndexOfAny(Blanks) >= 0 || Base64.DecodeFromUtf8(utf8, buffer, out _, out var written) != OperationStatus.Done)
        {
            return TryDecodeBytewise(utf8, buffer, out bytes, out errorOffset);
        }

        bytes = written == buffer.Length ? buffer : buffer[..written];
        return true;
    }

    // The slow way round finds what the fast decoder does not tell: which byte is wrong. It also ignores left-over bits.
    private static bool TryDecodeBytewise(ReadOnlySpan<byte> utf8, byte[] buffer, [NotNullWhen(true)] out byte[]? bytes, out int errorOffset)
    {
        bytes = null;
        var written = 0;
        var bits = 0;
        var digits = 0;
        for (var i = 0; i < utf8.Length; i++)
        {
            var value = Digit(utf8[i]);
            if (utf8[i] is (byte)'\r' or (byte)'\n')
            {
                continue;
            }

            if (utf8[i] == '=')
            {
                errorOffset = PaddingError(utf8, i, digits);
                if (errorOffset >= 0)
                {
                    return false;
                }

                Flush(buffer, ref written, bits << (6 * (4 - digits)), digits - 1);
                bytes = buffer[..written];
                return true;
            }

            if (value < 0)
            {
                errorOffset = i;
                return false;
            }

            bits = (bits << 6) | value;
            if (++digits == 4)
            {
                Flush(buffer, ref written, bits, 3);
                bits = digits = 0;
            }
        }

        errorOffset = utf8.Length - digits;
        bytes = digits == 0 ? buffer[..written] : null;
        return digits == 0;
    }

    // -1 when the padding that begins at the offset is right and nothing but line breaks follows.
    private static int PaddingError(ReadOnlySpan<byte> utf8, int offset, int digits)
    {
        if (digits < 2)
        {
            return offset;
        }

        var next = SkipLineBreaks(utf8, offset + 1);
        if (digits == 2)
        {
            if (next == utf8.Length || utf8[next] != '=')
            {
                return next;
            }

            next = SkipLineBreaks(utf8, next + 1);
        }

        return next == utf8.Length ? -1 : next;
    }

    private static int SkipLineBreaks(ReadOnlySpan<byte> utf8, int offset)
    {
        while (offset < utf8.Length && utf8[offset] is (byte)'\r' or (byte)'\n')
        {
            offset++;
        }

        return offset;
    }

    private static void Flush(byte[] buffer, ref int written, int bits, int count)
    {
        for (var i = 0; i < count; i++)
        {
            buffer[written++] = (byte)(bits >> (16 - (8 * i)));
        }
    }

    private static int Digit(byte symbol) => symbol switch
    {
        >= (byte)'A' and <= (byte)'Z' => symbol - 'A',
        >= (byte)'a' and <= (byte)'z' => symbol - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => symbol - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}
