using System.Text;

namespace Petrel.Cel.Values;

/// <summary>Text seen as code points: what CEL counts and indexes by.</summary>
internal static class CodePoints
{
    public static int Count(string text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
            {
                count--;
            }
        }

        return count;
    }

    /// <summary>The place in the text of its code point number <paramref name="index"/>, or its end.</summary>
    public static int Offset(string text, long index)
    {
        var offset = 0;
        for (long i = 0; i < index && offset < text.Length; i++)
        {
            offset += Length(text, offset);
        }

        return offset;
    }

    /// <summary>Number of the code point that starts at the place.</summary>
    public static int IndexAt(string text, int offset) => Count(text[..offset]);

    /// <summary>Chars of the code point that starts at the place.</summary>
    public static int Length(string text, int offset) =>
        char.IsHighSurrogate(text[offset]) && offset + 1 < text.Length && char.IsLowSurrogate(text[offset + 1]) ? 2 : 1;

    /// <summary>Compares by code points, which is the order of their UTF-8 bytes.</summary>
    public static int Compare(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            var (a, b) = (left[i], right[i]);
            if (a != b)
            {
                return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    /// <summary>Text of UTF-8 bytes, or null when they are not UTF-8.</summary>
    public static string? FromUtf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
