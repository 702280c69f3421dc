using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Petrel.Api;

/// <summary>Immutable bytes compared by value; base64 in JSON. The default value is the absent (nil) value, which is not the empty one.</summary>
public readonly struct Binary : IEquatable<Binary>
{
    private readonly byte[]? _bytes;

    private Binary(byte[] bytes) => _bytes = bytes;

    public static Binary Empty { get; } = new([]);

    /// <summary>True for the absent value: null in JSON.</summary>
    public bool IsNil => _bytes is null;

    public int Length => _bytes?.Length ?? 0;

    public ReadOnlySpan<byte> Span => _bytes;

    public ReadOnlyMemory<byte> Memory => _bytes;

    public static Binary CopyFrom(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? Empty : new(bytes.ToArray());

    /// <summary>The UTF-8 bytes of the text.</summary>
    public static Binary FromUtf8(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Reads base64 text; <paramref name="error"/> names the first wrong byte.</summary>
    public static bool TryFromBase64(ReadOnlySpan<byte> utf8, out Binary binary, [NotNullWhen(false)] out string? error)
    {
        if (Base64Text.TryDecode(utf8, out var bytes, out var errorOffset))
        {
            binary = new Binary(bytes);
            error = null;
            return true;
        }

        binary = default;
        error = $"illegal base64 data at input byte {errorOffset}";
        return false;
    }

    public string ToBase64() => Convert.ToBase64String(Span);

    /// <summary>The bytes read as UTF-8.</summary>
    public string ToUtf8() => System.Text.Encoding.UTF8.GetString(Span);

    public ImmutableArray<byte> ToImmutableArray() => ImmutableCollectionsMarshal.AsImmutableArray(_bytes ?? []);

    public bool Equals(Binary other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is Binary other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>The length only: the content is often a secret.</summary>
    public override string ToString() => $"{Length} bytes";

    public static bool operator ==(Binary left, Binary right) => left.Equals(right);

    public static bool operator !=(Binary left, Binary right) => !left.Equals(right);
}
