using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Petrel.Api.Json;

/// <summary>Builds trees from UTF-8 JSON.</summary>
internal ref struct JsonTreeReader
{
    private readonly ICollection<string>? _duplicates;
    private readonly List<PathStep>? _path;
    private Utf8JsonReader _reader;

    private JsonTreeReader(ReadOnlySpan<byte> utf8, ICollection<string>? duplicates)
    {
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = JsonTree.MaxDepth });
        _duplicates = duplicates;
        _path = duplicates is null ? null : [];
    }

    public static bool TryRead(ReadOnlySpan<byte> utf8, ICollection<string>? duplicates, [NotNullWhen(true)] out JsonTree? tree, [NotNullWhen(false)] out string? error)
    {
        tree = null;
        error = null;
        var reader = new JsonTreeReader(utf8, duplicates);
        try
        {
            if (!reader._reader.Read())
            {
                error = "unexpected end of JSON input";
                return false;
            }

            tree = reader.ReadValue();
            reader._reader.Read();
            return true;
        }
        catch (JsonException exception)
        {
            error = JsonSyntax.FindError(utf8) ?? exception.Message;
            tree = null;
            return false;
        }
        catch (InvalidOperationException)
        {
            // The reader reports broken UTF-8 and lone surrogates in strings this way.
            error = "invalid UTF-8 in a JSON string";
            tree = null;
            return false;
        }
    }

    private JsonTree ReadValue() => _reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadMap(),
        JsonTokenType.StartArray => ReadList(),
        JsonTokenType.String => new JsonText(_reader.GetString()!),
        JsonTokenType.Number => ReadNumber(),
        JsonTokenType.True => JsonBoolean.True,
        JsonTokenType.False => JsonBoolean.False,
        _ => JsonTree.Null,
    };

    private JsonMap ReadMap()
    {
        var builder = new JsonMapBuilder();
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = NameCache.Get(ref _reader);
            _reader.Read();
            _path?.Add(new PathStep(key, 0));
            var value = ReadValue();
            if (!builder.Set(key, value))
            {
                _duplicates?.Add(PathText());
            }

            _path?.RemoveAt(_path.Count - 1);
        }

        return builder.ToMap();
    }

    private JsonList ReadList()
    {
        var items = new List<JsonTree>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            _path?.Add(new PathStep(null, items.Count));
            items.Add(ReadValue());
            _path?.RemoveAt(_path.Count - 1);
        }

        return items.Count == 0 ? JsonList.Empty : new JsonList([.. items]);
    }

    private readonly JsonNumber ReadNumber() =>
        _reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 && _reader.TryGetInt64(out var integer)
            ? new JsonNumber(integer)
            : _reader.TryGetDouble(out var real) && double.IsFinite(real) ? new JsonNumber(real) : throw new JsonException($"number {Encoding.ASCII.GetString(_reader.ValueSpan)} out of range");

    private readonly string PathText()
    {
        var text = new StringBuilder();
        foreach (var step in _path!)
        {
            if (step.Name is null)
            {
                text.Append('[').Append(step.Index.ToString(CultureInfo.InvariantCulture)).Append(']');
            }
            else
            {
                text.Append(text.Length == 0 ? string.Empty : ".").Append(step.Name);
            }
        }

        return text.ToString();
    }

    private readonly record struct PathStep(string? Name, int Index);
}
