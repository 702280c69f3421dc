using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Petrel.Api.Codecs;
using Petrel.Api.Schema;
using static Petrel.Api.Validation.FieldErrors;

namespace Petrel.Api.Json;

/// <summary>
/// Reads API types from UTF-8 JSON the way Kubernetes does: names are case-sensitive, null leaves a field unset, a value
/// of a wrong type is noted and skipped, unknown and duplicate fields are noted with their path. Broken JSON throws
/// <see cref="JsonException"/>.
/// </summary>
public ref struct JsonDecoder
{
    /// <summary>Levels of nesting a body may have; deeper JSON throws.</summary>
    public const int DepthMax = 512;

    private DecodeProblems _problems;
    private List<Frame> _frames;
    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;

    public JsonDecoder(ReadOnlySpan<byte> json, DecodeProblems problems)
    {
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DepthMax });
        _json = json;
        _problems = problems;
        _frames = [];
    }

    // Where the decoder is in the object that it is in. Valid until the next object is entered or left.
    private readonly ref Frame Innermost => ref CollectionsMarshal.AsSpan(_frames)[^1];

    /// <summary>The token the decoder stands on.</summary>
    public readonly JsonTokenType TokenType => _reader.TokenType;

    public readonly bool IsNull => _reader.TokenType == JsonTokenType.Null;

    /// <summary>Position in bytes of the token the decoder stands on.</summary>
    public readonly long TokenStart => _reader.TokenStartIndex;

    /// <summary>Decodes a whole document. A first token that is no object is a type error for <typeparamref name="T"/>.</summary>
    public static T Decode<T>(ReadOnlySpan<byte> json, DecodeProblems problems) where T : IApiType<T>
    {
        var decoder = new JsonDecoder(json, problems);
        decoder.Read();
        var value = decoder.IsNull ? T.Empty : T.ReadJson(ref decoder);
        decoder.End();
        return value;
    }

    public void Read()
    {
        if (!_reader.Read())
        {
            throw new JsonException("unexpected end of JSON input");
        }
    }

    /// <summary>Checks that nothing follows the document.</summary>
    public void End()
    {
        if (_reader.Read())
        {
            throw new JsonException("invalid data after top-level value");
        }
    }

    /// <summary>Enters the object at the current token. False: it was null or of another type, noted and skipped.</summary>
    public bool StartObject(TypeSchema schema)
    {
        if (_reader.TokenType == JsonTokenType.StartObject)
        {
            _frames.Add(new Frame(schema));
            return true;
        }

        Mismatch(schema.GoName);
        return false;
    }

    /// <summary>Moves to the value of the next known field and returns the field's index; -1 at the end of the object.</summary>
    public int NextField(FieldNames names, ref UInt128 seen)
    {
        while (true)
        {
            Read();
            if (_reader.TokenType == JsonTokenType.EndObject)
            {
                _frames.RemoveAt(_frames.Count - 1);
                return -1;
            }

            var index = FindField(names);
            if (index < 0 || IsLeftOut)
            {
                // A top-level object's apiVersion and kind are read before the type is known.
                if (!_problems.IsForCache && (_frames.Count > 1 || !(_reader.ValueTextEquals("apiVersion"u8) || _reader.ValueTextEquals("kind"u8))))
                {
                    _problems.AddStrict("unknown field " + Quote(Path(_reader.GetString()!)));
                }

                Read();
                _reader.Skip();
                continue;
            }

            ref var frame = ref Innermost;
            (frame.Field, frame.Index, frame.Key) = (index, -1, null);
            var bit = UInt128.One << index;
            if ((seen & bit) != 0)
            {
                _problems.AddStrict("duplicate field " + Quote(Path(null)));
            }

            seen |= bit;
            Read();
            return index;
        }
    }

    /// <summary>Reads the list at the current token; null gives the nil list.</summary>
    public ApiList<T> ReadList<T, TCodec>() where TCodec : IValueCodec<T>
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            if (!IsNull)
            {
                Mismatch("[]" + TCodec.GoType);
            }

            return default;
        }

        var items = new List<T>();
        var outer = Innermost;
        while (true)
        {
            Read();
            if (_reader.TokenType == JsonTokenType.EndArray)
            {
                break;
            }

            Innermost.Index = items.Count;
            items.Add(IsNull ? TCodec.Zero : TCodec.ReadJson(ref this));
        }

        Innermost = outer;
        return [.. items];
    }

    /// <summary>Reads the map at the current token; null gives the nil map, and a key that comes twice its last value.</summary>
    public ApiMap<T> ReadMap<T, TCodec>() where TCodec : IValueCodec<T> =>
        ReadMap("map[string]" + TCodec.GoType, TCodec.Zero, static (ref decoder) => TCodec.ReadJson(ref decoder));

    /// <summary>Reads a map of lists.</summary>
    public ApiMap<ApiList<T>> ReadMapOfLists<T, TCodec>() where TCodec : IValueCodec<T> =>
        ReadMap("map[string][]" + TCodec.GoType, default, static (ref decoder) => decoder.ReadList<T, TCodec>());

    /// <summary>Reads a value that its Go type hands to a decoder of its own: paths in errors start anew, and unknown fields are not noted.</summary>
    public T ReadApart<T>() where T : IApiType<T> => ReadApart(static (ref decoder) => T.ReadJson(ref decoder));

    /// <summary>Reads a list like <see cref="ReadApart{T}()"/>.</summary>
    public ApiList<T> ReadListApart<T, TCodec>() where TCodec : IValueCodec<T> => ReadApart(static (ref decoder) =>
    {
        decoder._frames.Add(default);
        return decoder.ReadList<T, TCodec>();
    });

    private T ReadApart<T>(ReadValue<T> read)
    {
        var (frames, problems) = (_frames, _problems);
        (_frames, _problems) = ([], new DecodeProblems());
        var value = read(ref this);
        if (_problems.TypeError is { } error)
        {
            problems.AddTypeError(error);
        }

        (_frames, _problems) = (frames, problems);
        return value;
    }

    private delegate T ReadValue<T>(ref JsonDecoder decoder);

    private ApiMap<T> ReadMap<T>(string goType, T zero, ReadValue<T> read)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            if (!IsNull)
            {
                Mismatch(goType);
            }

            return default;
        }

        var entries = new List<KeyValuePair<string, T>>();
        HashSet<string>? seen = null;
        var outer = Innermost;
        while (true)
        {
            Read();
            if (_reader.TokenType == JsonTokenType.EndObject)
            {
                break;
            }

            var key = _reader.GetString()!;
            Innermost.Key = key;

            // As long as keys come in order, as they are stored, none comes twice.
            if (seen is null && entries.Count > 0 && Utf8Order.Compare(entries[^1].Key, key) >= 0)
            {
                seen = entries.Select(static entry => entry.Key).ToHashSet(StringComparer.Ordinal);
            }

            if (seen?.Add(key) == false)
            {
                _problems.AddStrict("duplicate field " + Quote(Path(null)));
            }

            Read();
            entries.Add(new(key, IsNull ? zero : read(ref this)));
        }

        Innermost = outer;
        return ApiMap.FromPairs(entries);
    }

    public string ReadString()
    {
        if (_reader.TokenType == JsonTokenType.String)
        {
            return _reader.GetString()!;
        }

        Mismatch("string");
        return "";
    }

    public bool ReadBoolean()
    {
        if (_reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return _reader.GetBoolean();
        }

        Mismatch("bool");
        return false;
    }

    public int ReadInt32()
    {
        if (_reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out var value))
        {
            return value;
        }

        Mismatch("int32");
        return 0;
    }

    public long ReadInt64()
    {
        if (_reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out var value))
        {
            return value;
        }

        Mismatch("int64");
        return 0;
    }

    public double ReadDouble()
    {
        if (_reader.TokenType == JsonTokenType.Number && _reader.TryGetDouble(out var value))
        {
            return value;
        }

        Mismatch("float64");
        return 0;
    }

    /// <summary>The current value as compact JSON, whatever it is.</summary>
    public RawJson ReadRaw()
    {
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        var value = _json[start..(int)_reader.BytesConsumed];

        // Without any blank it is compact, and the reader has seen that it is JSON.
        return value.IndexOfAny(" \t\r\n"u8) < 0 ? RawJson.FromCompact(value.ToArray()) : RawJson.Parse(value);
    }

    /// <summary>Unescaped bytes of the current string token.</summary>
    public readonly ReadOnlySpan<byte> StringUtf8() =>
        _reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(_reader.GetString()!) : _reader.ValueSpan;

    /// <summary>Text of the current number or string token.</summary>
    public readonly string TokenText() =>
        Encoding.UTF8.GetString(_reader.ValueSpan);

    /// <summary>Notes that the current value is not of the wanted Go type and skips it.</summary>
    public void Mismatch(string goType)
    {
        _problems.AddTypeError(_problems.OfTree ? TreeMismatch(goType) : JsonMismatch(goType, _frames.Count > 0));
        _reader.Skip();
    }

    /// <summary>Like <see cref="Mismatch"/>, for a Go type that reads its own JSON (intstr.IntOrString, resource.Quantity, metav1.Time).</summary>
    public void MismatchInside(string goType)
    {
        // Such a type is handed its value alone when it comes from a tree.
        _problems.AddTypeError(JsonMismatch(goType, _frames.Count > 0 && !_problems.OfTree));
        _reader.Skip();
    }

    private readonly string JsonMismatch(string goType, bool withPath)
    {
        var found = _reader.TokenType switch
        {
            JsonTokenType.String => "string",
            JsonTokenType.Number when goType is "int32" or "int64" => "number " + TokenText(),
            JsonTokenType.Number => "number",
            JsonTokenType.True or JsonTokenType.False => "bool",
            JsonTokenType.StartArray => "array",
            _ => "object",
        };
        return withPath
            ? $"json: cannot unmarshal {found} into Go struct field {_frames[^1].Schema.ShortName}.{PlainPath()} of type {goType}"
            : $"json: cannot unmarshal {found} into Go value of type {goType}";
    }

    private readonly string TreeMismatch(string goType)
    {
        var (type, kind) = _reader.TokenType switch
        {
            JsonTokenType.String => ("string", "string"),
            JsonTokenType.Number when _reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 => ("int64", "int64"),
            JsonTokenType.Number => ("float64", "float64"),
            JsonTokenType.True or JsonTokenType.False => ("bool", "bool"),
            JsonTokenType.StartArray => ("[]interface {}", "slice"),
            _ => ("map[string]interface {}", "map"),
        };
        return goType switch
        {
            ['[', ']', ..] => "cannot restore slice from " + kind,
            ['m', 'a', 'p', '[', ..] => "cannot restore map from " + kind,
            "string" or "bool" or "int32" or "int64" or "float64" => $"cannot convert {type} to {goType}",
            _ => "cannot restore struct from: " + kind,
        };
    }

    /// <summary>Notes a value that has the right JSON type but cannot be parsed, in the parser's own words.</summary>
    public readonly void Unparsable(string message) => _problems.AddTypeError(message);

    // Only metadata has a field of this name, and it is a field of every top-level object.
    private readonly bool IsLeftOut => _problems.IsForCache && _frames.Count == 2 && _reader.ValueTextEquals("managedFields"u8);

    private readonly int FindField(FieldNames names)
    {
        if (!_reader.ValueIsEscaped)
        {
            return names.IndexOf(_reader.ValueSpan);
        }

        return names.IndexOf(Encoding.UTF8.GetBytes(_reader.GetString()!));
    }

    /// <summary>Path with list indexes and map keys as strict decoding prints it, ending in an extra name if given.</summary>
    private readonly string Path(string? name)
    {
        var path = new StringBuilder();
        for (var i = 0; i < _frames.Count; i++)
        {
            if (i == _frames.Count - 1 && name is not null)
            {
                break;
            }

            Append(path, _frames[i], plain: false);
        }

        if (name is not null)
        {
            _ = path.Length > 0 ? path.Append('.') : path;
            path.Append(name);
        }

        return path.ToString();
    }

    /// <summary>Path of field names only, as Go's decoder prints it.</summary>
    private readonly string PlainPath()
    {
        var path = new StringBuilder();
        foreach (var frame in _frames)
        {
            Append(path, frame, plain: true);
        }

        return path.ToString();
    }

    private static void Append(StringBuilder path, Frame frame, bool plain)
    {
        _ = path.Length > 0 ? path.Append('.') : path;
        path.Append(frame.Schema.Fields[frame.Field].Name);
        if (plain)
        {
            return;
        }

        if (frame.Key is not null)
        {
            path.Append('.').Append(frame.Key);
        }

        if (frame.Index >= 0)
        {
            path.Append('[').Append(frame.Index).Append(']');
        }
    }

    private record struct Frame(TypeSchema Schema, int Field = 0, int Index = -1, string? Key = null);
}
