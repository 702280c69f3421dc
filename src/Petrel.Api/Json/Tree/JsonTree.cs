using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Petrel.Api.Json;

/// <summary>
/// A JSON value in memory: immutable, so parts are shared between versions of an object and a change copies only the path to it.
/// Custom resources, patches and field ownership work on trees. Compared by value; the order of an object's names does not count.
/// </summary>
public abstract class JsonTree : IEquatable<JsonTree>
{
    /// <summary>Deepest nesting that is read or written.</summary>
    public const int MaxDepth = 1000;

    private protected JsonTree()
    {
    }

    public static JsonTree Null => JsonNull.Instance;

    public bool IsNull => this is JsonNull;

    /// <summary>Reads one JSON value; of names given twice the last counts.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out JsonTree? tree, [NotNullWhen(false)] out string? error) =>
        JsonTreeReader.TryRead(utf8, null, out tree, out error);

    /// <summary>Reads one JSON value and collects the paths of names given twice in one object (<c>spec.containers[0].name</c>).</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, ICollection<string> duplicates, [NotNullWhen(true)] out JsonTree? tree, [NotNullWhen(false)] out string? error) =>
        JsonTreeReader.TryRead(utf8, duplicates, out tree, out error);

    /// <summary>Reads one JSON value that is known to be well formed.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static JsonTree Parse(ReadOnlySpan<byte> utf8) =>
        TryParse(utf8, out var tree, out var error) ? tree : throw new FormatException(error);

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static JsonTree Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>Writes the value as compact JSON, names in the order they have.</summary>
    public void WriteTo(IBufferWriter<byte> output) => JsonTreeWriter.Write(this, output);

    public byte[] ToUtf8()
    {
        var output = new ArrayBufferWriter<byte>(1024);
        WriteTo(output);
        return output.WrittenSpan.ToArray();
    }

    public abstract bool Equals(JsonTree? other);

    public sealed override bool Equals(object? obj) => Equals(obj as JsonTree);

    public abstract override int GetHashCode();

    public sealed override string ToString() => Encoding.UTF8.GetString(ToUtf8());

    public static implicit operator JsonTree(string text) => new JsonText(text);

    public static implicit operator JsonTree(long number) => new JsonNumber(number);

    public static implicit operator JsonTree(bool value) => value ? JsonBoolean.True : JsonBoolean.False;
}
